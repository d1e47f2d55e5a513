"""`satyasell init`: the beginning of a business."""
