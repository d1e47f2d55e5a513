// Dialogs: each resolves to what was chosen, or to null.

import { $, element } from "./element.js";

function opened(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue || null), { once: true }));
}

const values = (dialog) => Object.fromEntries(new FormData(dialog.querySelector("form")));

export async function askCustomer(numbers, suggested) {
  const dialog = $("customer-dialog");
  const form = dialog.querySelector("form");
  form.reset();
  form.elements.wa_id.value = suggested;
  form.elements.number.replaceChildren(...numbers.map((each) => element("option", { value: each.id }, `${each.name} (${each.phone})`)));
  if (!(await opened(dialog))) return null;
  const given = values(dialog);
  return { wa_id: given.wa_id.replace(/\D/g, ""), name: given.name.trim(), phone_number_id: given.number, hides: given.hides === "on" };
}

export async function askLocation() {
  const dialog = $("location-dialog");
  if (!(await opened(dialog))) return null;
  const given = values(dialog);
  return { ...given, latitude: Number(given.latitude), longitude: Number(given.longitude) };
}

export async function askForm(title, fields) {
  const dialog = $("form-dialog");
  $("form-title").textContent = title;
  $("form-fields").replaceChildren(...Object.entries(fields).map(([name, value]) =>
    element("label", {}, name.replaceAll("_", " "), element("input", { name, value }))));
  return (await opened(dialog)) ? values(dialog) : null;
}

// `sections` are [{title, choices: [{value, title, description, emoji}]}].
export async function choose(title, sections) {
  const dialog = $("choice-dialog");
  $("choice-title").textContent = title;
  const button = ({ value, title: name, description }) =>
    element("button", { value }, name, description ? element("small", {}, description) : "");
  $("choices").replaceChildren(...sections.flatMap((section) => [
    section.title ? element("h3", {}, section.title) : element("span", { hidden: "" }),
    element("div", { class: section.emoji ? "emoji" : "stack" }, ...section.choices.map(button)),
  ]));
  return opened(dialog);
}

// The cart: resolves to {items, text}.
export async function askCart(products) {
  const dialog = $("cart-dialog");
  const form = dialog.querySelector("form");
  form.reset();
  const counts = new Map();
  const all = [...products];
  const draw = () => drawProducts(all, counts, form.elements.search.value.toLowerCase());
  form.elements.search.oninput = draw;
  $("add-sku").onclick = () => addSku(form, all, counts, draw);
  $("no-products").hidden = products.length > 0;
  draw();
  if (!(await opened(dialog)) || !counts.size) return null;
  const items = all.filter((each) => counts.has(each.retailer_id)).map((each) => ({
    product_retailer_id: each.retailer_id, quantity: counts.get(each.retailer_id), item_price: each.price, currency: each.currency,
  }));
  return { items, text: form.elements.note.value };
}

function addSku(form, all, counts, draw) {
  const sku = form.elements.sku.value.trim();
  if (!sku) return;
  if (!all.some((each) => each.retailer_id === sku)) all.push({ retailer_id: sku, name: sku, price: 0, currency: "INR" });
  counts.set(sku, (counts.get(sku) ?? 0) + 1);
  form.elements.sku.value = "";
  draw();
}

function drawProducts(products, counts, search) {
  const found = products.filter((each) => `${each.name} ${each.retailer_id}`.toLowerCase().includes(search)).slice(0, 100);
  $("products").replaceChildren(...found.map((product) => productRow(product, counts)));
  showSum(counts);
}

function productRow(product, counts) {
  const shown = element("span", { class: "count" }, String(counts.get(product.retailer_id) ?? 0));
  const change = (by) => () => {
    const count = Math.max(0, (counts.get(product.retailer_id) ?? 0) + by);
    if (count) counts.set(product.retailer_id, count); else counts.delete(product.retailer_id);
    shown.textContent = String(count);
    showSum(counts);
  };
  const price = product.price ? `${product.price.toLocaleString()} ${product.currency}` : "";
  return element("li", {},
    element("span", { class: "name" }, product.name, element("small", {}, [product.retailer_id, price].filter(Boolean).join(" · "))),
    element("button", { type: "button", class: "icon", "aria-label": `One ${product.name} less`, onclick: change(-1) }, "−"),
    shown,
    element("button", { type: "button", class: "icon", "aria-label": `One ${product.name} more`, onclick: change(1) }, "+"));
}

function showSum(counts) {
  const count = [...counts.values()].reduce((sum, each) => sum + each, 0);
  $("send-cart").textContent = count ? `Send cart (${count})` : "Send cart";
  $("send-cart").disabled = !count;
}
