// One message as a bubble: its words, its media, its buttons, its ticks.

import { element, time } from "./element.js";
import { mediaAddress } from "./service.js";

const TICKS = { accepted: "…", sent: "✓", delivered: "✓✓", read: "✓✓", played: "✓✓" };
const SAYS = { accepted: "on its way", sent: "sent", delivered: "delivered", read: "read", failed: "failed" };

const money = (amount, currency) =>
  new Intl.NumberFormat([], { style: "currency", currency }).format(amount.value / (amount.offset || 100));

// What a message says in one line, for lists and quotes.
export function gist(message) {
  const content = message.content;
  if (message.deleted) return "Deleted";
  const of = {
    text: () => content.body,
    image: () => `Photo ${content.caption ?? ""}`,
    video: () => `Video ${content.caption ?? ""}`,
    audio: () => (content.voice ? "Voice note" : "Audio"),
    document: () => content.filename ?? "Document",
    sticker: () => "Sticker",
    location: () => `Location ${content.name ?? ""}`,
    contacts: () => "Contact",
    order: () => `Cart: ${content.product_items.map((item) => `${item.quantity} ${item.product_retailer_id}`).join(", ")}`,
    interactive: () => interactiveGist(content),
    template: () => content.text || content.template.name,
    button: () => content.text,
  };
  return (of[message.type] ?? (() => message.type))().trim();
}

const interactiveGist = (content) =>
  content.button_reply?.title ?? content.list_reply?.title ?? content.body?.text ?? "Form";

function media(message) {
  const content = message.content;
  const source = content.id ? mediaAddress(content.id) : null;
  const kind = message.type;
  if (!source) return element("span", { class: "file" }, `${kind} at ${content.link}`);
  if (kind === "image" || kind === "sticker") return element("img", { src: source, alt: content.caption || kind });
  if (kind === "video" || kind === "audio") return element(kind, { src: source, controls: "" });
  return element("a", { class: "file", href: source, download: content.filename ?? "" }, content.filename ?? "Document");
}

const captioned = (message) => [media(message), element("div", { class: "body" }, message.content.caption ?? "")];

function place(message) {
  const { name, address, latitude, longitude } = message.content;
  return [
    element("div", { class: "file" }, element("div", { class: "title" }, name || "Location"), address ?? "",
      element("div", { class: "foot" }, `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`)),
  ];
}

const cards = (message) =>
  message.content.map((each) => element("div", { class: "file" }, element("div", { class: "title" }, each.name?.formatted_name ?? "Contact"),
    (each.phones ?? []).map((phone) => phone.phone).join(", ")));

function cart(message) {
  const rows = message.content.product_items.map((item) => element("tr", {},
    element("td", {}, `${item.quantity} × ${item.name ?? item.product_retailer_id}`),
    element("td", {}, item.currency ? money({ value: item.item_price * item.quantity, offset: 1 }, item.currency) : "")));
  return [element("div", { class: "title" }, "Cart"), element("table", {}, ...rows), element("div", { class: "body" }, message.content.text ?? "")];
}

function header(content) {
  const given = content.header;
  if (!given) return "";
  if (given.type.toLowerCase() === "text") return element("div", { class: "title" }, given.text);
  return media({ type: given.type.toLowerCase(), content: given[given.type.toLowerCase()] });
}

function bill(parameters) {
  const { order, currency } = parameters;
  const row = (name, amount, sum) => element("tr", sum ? { class: "sum" } : {}, element("td", {}, name), element("td", {}, money(amount, currency)));
  const items = order.items.map((item) => {
    const each = item.sale_amount ?? item.amount;
    return row(`${item.quantity} × ${item.name}`, { value: each.value * item.quantity, offset: each.offset });
  });
  const extras = ["tax", "shipping", "discount"].filter((name) => order[name]?.value).map((name) => row(name, order[name]));
  return element("table", {}, ...items, ...extras, row("Total", parameters.total_amount, true));
}

// What stands under an interactive message, and what a tap on it does.
function actions(message, on) {
  const { type, action } = message.content;
  const button = (title, click) => element("button", { type: "button", onclick: click }, title);
  const tap = (id) => () => on.tap(message, id);
  const of = {
    button: () => action.buttons.map((each) => button(each.reply.title, tap(each.reply.id))),
    list: () => [button(`☰ ${action.button}`, () => on.list(message))],
    cta_url: () => [element("a", { href: action.parameters.url, target: "_blank", rel: "noopener noreferrer" }, `↗ ${action.parameters.display_text}`)],
    location_request_message: () => [button("Send location", on.location)],
    address_message: () => [button("Provide address", () => on.address(message))],
    flow: () => [button(action.parameters.flow_cta, () => on.flow(message))],
    product: () => [button(`View ${action.product_retailer_id}`, on.cart)],
    product_list: () => [button("View items", on.cart)],
    catalog_message: () => [button("View catalog", on.cart)],
    call_permission_request: () => [],
    order_details: () => [bill(action.parameters), message.payment === "captured" ? element("div", { class: "foot" }, "Paid")
      : button("Review and pay", () => on.pay(message))],
    order_status: () => [element("div", { class: "file" }, `Order ${action.parameters.reference_id}: ${action.parameters.order.status}`)],
  };
  return (of[type.toLowerCase()] ?? (() => []))();
}

function interactive(message, on) {
  const content = message.content;
  if (content.nfm_reply) return [element("div", { class: "title" }, "Form"), element("div", { class: "body" }, content.nfm_reply.response_json)];
  if (content.button_reply || content.list_reply) return [element("div", { class: "body" }, interactiveGist(content))];
  return [
    header(content),
    element("div", { class: "body" }, content.body?.text ?? ""),
    element("div", { class: "foot" }, content.footer?.text ?? ""),
    element("div", { class: "buttons" }, ...actions(message, on)),
  ];
}

function template(message, on) {
  const parts = message.content.template.components;
  const find = (type) => parts.find((part) => part.type.toUpperCase() === type);
  const buttons = (find("BUTTONS")?.buttons ?? []).map((each) =>
    each.type === "QUICK_REPLY" ? element("button", { type: "button", onclick: () => on.tap(message, each.text) }, each.text)
      : element("button", { type: "button", disabled: "" }, each.text));
  return [
    element("div", { class: "title" }, find("HEADER")?.text ?? ""),
    element("div", { class: "body" }, message.content.text),
    element("div", { class: "foot" }, find("FOOTER")?.text ?? ""),
    element("div", { class: "buttons" }, ...buttons),
  ];
}

function inside(message, on) {
  if (message.deleted) return ["This message was deleted"];
  const of = {
    text: () => [element("div", { class: "body" }, message.content.body)],
    image: () => captioned(message), video: () => captioned(message), document: () => captioned(message),
    audio: () => captioned(message), sticker: () => captioned(message),
    location: () => place(message), contacts: () => cards(message), order: () => cart(message),
    interactive: () => interactive(message, on), template: () => template(message, on),
    button: () => [element("div", { class: "body" }, message.content.text)],
  };
  return (of[message.type] ?? (() => [message.type]))();
}

function meta(message) {
  const ticks = TICKS[message.status];
  return element("div", { class: "meta" }, message.edited ? element("span", {}, "edited") : "", element("span", {}, time(message.at)),
    ticks ? element("span", { class: `ticks ${message.status}`, title: SAYS[message.status], "aria-label": SAYS[message.status] }, ticks) : "");
}

function failure(message) {
  if (!message.failure) return "";
  const { code, title, error_data } = message.failure;
  return element("div", { class: "failed" }, `Not delivered (${code}): ${error_data?.details ?? title}`);
}

export function bubble(message, quoted, on) {
  const classes = ["bubble", message.mine && "mine", message.deleted && "deleted", message.reactions.length && "has-reactions"];
  return element("li", { class: classes.filter(Boolean).join(" "), "data-id": message.id },
    quoted ? element("button", { type: "button", class: "quote", onclick: () => on.show(quoted.id) }, gist(quoted)) : "",
    ...inside(message, on),
    failure(message),
    meta(message),
    message.reactions.length ? element("span", { class: "reactions" }, message.reactions.join("")) : "",
    message.deleted ? "" : element("button", { type: "button", class: "icon more", "aria-label": "More", onclick: () => on.more(message) }, "⋯"));
}
