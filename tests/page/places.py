"""The page's places, as its addresses name them."""

PLACES = (
    "/inbox",
    "/review",
    "/orders",
    "/catalog",
    "/customers",
    "/analytics",
    "/team",
    "/settings",
    "/settings/templates",
    "/settings/replies",
    "/audit",
    "/guide",
)
