"""Templates as Meta lists them."""

from typing import Any

SHIPPED: dict[str, Any] = {
    "id": "11",
    "name": "order_shipped",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "parameter_format": "POSITIONAL",
    "quality_score": {"score": "GREEN", "date": 1},
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["1042"]}},
        {
            "type": "BODY",
            "text": "Dear {{1}}, your order {{2}} is on its way, {{1}}.",
            "example": {"body_text": [["Asha", "1042"]]},
        },
        {"type": "FOOTER", "text": "Kiran Sarees"},
        {
            "type": "BUTTONS",
            "buttons": [
                {
                    "type": "URL",
                    "text": "Track",
                    "url": "https://shop.example/{{1}}",
                    "example": ["https://shop.example/7"],
                },
                {"type": "QUICK_REPLY", "text": "Thanks"},
                {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+919845012345"},
            ],
        },
    ],
}
NAMED: dict[str, Any] = {
    "id": "12",
    "name": "festival",
    "language": "hi",
    "status": "APPROVED",
    "category": "MARKETING",
    "parameter_format": "NAMED",
    "components": [
        {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://x.example/1"]}},
        {
            "type": "BODY",
            "text": "नमस्ते {{customer_name}}",
            "example": {"body_text_named_params": [{"param_name": "customer_name", "example": "आशा"}]},
        },
        {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "text": "Copy", "example": "DIWALI"}]},
    ],
}
PLAIN: dict[str, Any] = {
    "id": "13",
    "name": "hello_world",
    "language": "en_US",
    "status": "REJECTED",
    "category": "MARKETING",
    "rejected_reason": "PROMOTIONAL",
    "components": [{"type": "BODY", "text": "Hello"}],
}
CAROUSEL: dict[str, Any] = {
    "id": "14",
    "name": "new_sarees",
    "language": "en_US",
    "status": "APPROVED",
    "category": "MARKETING",
    "components": [
        {"type": "BODY", "text": "New for you, {{1}}"},
        {
            "type": "CAROUSEL",
            "cards": [
                {
                    "components": [
                        {"type": "HEADER", "format": "IMAGE"},
                        {"type": "BODY", "text": "{{1}} only"},
                        {
                            "type": "BUTTONS",
                            "buttons": [{"type": "URL", "text": "See", "url": "https://s.example/{{1}}"}],
                        },
                    ]
                }
            ],
        },
    ],
}
OFFER: dict[str, Any] = {
    "id": "15",
    "name": "offer",
    "language": "en_US",
    "status": "APPROVED",
    "category": "MARKETING",
    "components": [
        {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Ends soon", "has_expiration": True}},
        {"type": "BODY", "text": "Hurry"},
    ],
}
PLACE: dict[str, Any] = {
    "id": "16",
    "name": "pickup",
    "language": "en_US",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [{"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "Come here"}],
}
ALL = (SHIPPED, NAMED, PLAIN, CAROUSEL, OFFER, PLACE)
