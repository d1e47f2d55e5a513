import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { LiveProvider } from "@/live/LiveProvider";
import { currentBusiness, currentUser, isLoggedOut } from "@/session/session";
import { Commands } from "./Commands";
import { Failure } from "./Failure";
import { LiveBanner } from "./LiveBanner";
import { Navigation } from "./Navigation";
import classes from "./Shell.module.css";
import { Waiting } from "./Waiting";

/** Everything that stands around a page: who is logged in, the navigation, the live connection. */
export function Shell() {
  const user = useQuery(currentUser);
  const business = useQuery({ ...currentBusiness, enabled: user.isSuccess });
  const { pathname } = useLocation();
  if (isLoggedOut(user.error)) return <Navigate to="/login" replace state={{ from: pathname }} />;
  const error = user.error ?? business.error;
  if (error) return <Failure error={error} retry={() => void (user.error ? user : business).refetch()} />;
  if (!user.data || !business.data) return <Waiting />;
  return (
    <LiveProvider>
      <div className={classes.shell}>
        <Navigation />
        <main className={classes.main} id="main">
          <LiveBanner />
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Commands />
    </LiveProvider>
  );
}
