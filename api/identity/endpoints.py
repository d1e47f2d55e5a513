"""All of identity's endpoints."""

from api.identity import (
    audit_endpoints,
    business_endpoints,
    invitation_endpoints,
    session_endpoints,
    user_endpoints,
)

routers = (
    session_endpoints.router,
    business_endpoints.router,
    user_endpoints.router,
    invitation_endpoints.router,
    audit_endpoints.router,
)
