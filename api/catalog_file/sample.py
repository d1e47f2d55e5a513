"""A small catalogue file that shows the form, and can be imported as it is: in the business's own currency."""

import csv
import io

COLUMNS = (
    *("id", "item_group_id", "title", "price", "color", "size"),
    *("availability", "quantity_to_sell_on_facebook", "aliases"),
)
_ROWS = (
    ("KURTI-BLU-M", "KURTI", "Anarkali kurti", "899.00", "blue", "M", "8", "anarkali suit"),
    ("KURTI-BLU-L", "KURTI", "Anarkali kurti", "899.00", "blue", "L", "6", "anarkali suit"),
    ("KURTI-RED-M", "KURTI", "Anarkali kurti", "899.00", "red", "M", "5", "anarkali suit"),
    ("LEGGINGS-BLK-M", "LEGGINGS", "Cotton leggings", "299.00", "black", "M", "20", ""),
    ("LEGGINGS-BLK-L", "LEGGINGS", "Cotton leggings", "299.00", "black", "L", "15", ""),
    ("SAREE-GRN", "SAREE", "Banarasi saree", "2500.00", "green", "", "3", "sari"),
    ("DUPATTA-PNK", "DUPATTA", "Chiffon dupatta", "349.00", "pink", "", "12", "chunni"),
)


def sample_file(currency: str) -> str:
    """The file, with prices in `currency`.

    >>> sample_file("INR").splitlines()[6]
    'SAREE-GRN,SAREE,Banarasi saree,2500.00 INR,green,,in stock,3,sari'
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for sku, group, title, price, color, size, stock, aliases in _ROWS:
        writer.writerow((sku, group, title, f"{price} {currency}", color, size, "in stock", stock, aliases))
    return text.getvalue()
