// The phone: customers on the left, their chat on the right, live.

import { bubble, gist } from "./bubble.js";
import { askCart, askCustomer, askForm, askLocation, choose } from "./dialogs.js";
import { $, day, element, time } from "./element.js";
import * as service from "./service.js";

const ADDRESS = ["name", "phone_number", "house_number", "address", "landmark_area", "city", "state", "in_pin_code"];
const EMOJI = ["👍", "❤️", "😂", "😮", "🙏"];
const chats = new Map();
const seen = new Map(); // key of a chat to how many of its messages were looked at
let numbers = [];
let products = [];
let current = null;
let answering = null; // {message, edits}

const latest = (chat) => chat.messages[chat.messages.length - 1];
const initials = (name) => name.replace(/^\+/, "").split(/\s+/).slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
const hue = (key) => `c${[...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6}`;

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    $("trouble").textContent = error.message;
    $("trouble").hidden = false;
    setTimeout(() => { $("trouble").hidden = true; }, 5000);
    return null;
  }
}

function drawList() {
  const sorted = [...chats.values()].sort((one, other) => (latest(other)?.at ?? Infinity) - (latest(one)?.at ?? Infinity));
  $("chats").replaceChildren(...sorted.map(listed));
  $("nobody").hidden = chats.size > 0;
}

function listed(chat) {
  const last = latest(chat);
  const fresh = chat.key === current ? 0 : chat.messages.slice(seen.get(chat.key) ?? 0).filter((each) => !each.mine).length;
  return element("li", {}, element("button", { type: "button", "aria-current": String(chat.key === current), onclick: () => open(chat.key) },
    element("span", { class: `face ${hue(chat.key)}`, "aria-hidden": "true" }, initials(chat.name)),
    element("span", { class: "text" },
      element("span", { class: "top" }, element("strong", {}, chat.name), last ? element("small", {}, time(last.at)) : ""),
      element("span", { class: "last" }, last ? `${last.mine ? "" : "Shop: "}${gist(last)}` : `writes to ${chat.shop}`)),
    fresh ? element("span", { class: "new", "aria-label": `${fresh} new` }, String(fresh)) : ""));
}

function open(key) {
  current = key;
  leaveAnswering();
  $("app").className = "at-chat";
  $("chat").hidden = false;
  drawChat(true);
  drawList();
  if (matchMedia("(min-width: 721px)").matches) $("words").focus();
}

function drawChat(toEnd) {
  const chat = chats.get(current);
  if (!chat) return;
  seen.set(chat.key, chat.messages.length);
  $("shop").textContent = chat.shop;
  $("as").textContent = `as ${chat.name}, +${chat.wa_id}`;
  $("face").textContent = initials(chat.shop);
  $("window").textContent = chat.open ? "window open" : "templates only";
  $("window").title = chat.open ? "The shop may write what it likes for 24 hours after the customer's last message." : "The customer has not written for 24 hours: only templates reach her.";
  $("window").className = chat.open ? "window is-open" : "window";
  drawMessages(chat, toEnd);
}

function drawMessages(chat, toEnd) {
  const list = $("messages");
  const wasAtEnd = toEnd || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const byId = new Map(chat.messages.map((each) => [each.id, each]));
  let before = "";
  const rows = chat.messages.flatMap((message) => {
    const today = day(message.at);
    const heading = today === before ? [] : [element("li", { class: "day" }, today)];
    before = today;
    return [...heading, bubble(message, byId.get(message.quoted), taps)];
  });
  if (chat.typing) rows.push(element("li", { class: "typing" }, "typing …"));
  list.replaceChildren(...rows);
  if (wasAtEnd) list.scrollTop = list.scrollHeight;
}

function changed(chat) {
  showConnection(chat.connected);
  if (!chat.key) return; // nothing but the connection
  chats.set(chat.key, chat);
  if (chat.key === current) drawChat(false);
  drawList();
}

function showConnection(connected) {
  $("connection").textContent = "The service does not answer. What you write is delivered as soon as it does.";
  $("connection").hidden = connected;
}

const act = (action, args) => attempt(() => service.act(current, action, args));

// What happens when something in a bubble is tapped.
const taps = {
  tap: (message, id) => act("tap", { wamid: message.id, button: id }),
  show: (id) => document.querySelector(`[data-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" }),
  cart: () => sendCart(),
  location: () => sendLocation(),
  async list(message) {
    const { button, sections } = message.content.action;
    const picked = await choose(button, sections.map((section) => ({
      title: section.title, choices: section.rows.map((row) => ({ value: row.id, title: row.title, description: row.description })),
    })));
    if (picked) taps.tap(message, picked);
  },
  async address(message) {
    const known = message.content.action.parameters.values ?? {};
    const given = await askForm("Address", Object.fromEntries(ADDRESS.map((name) => [name, known[name] ?? ""])));
    if (given) act("answer_form", { wamid: message.id, name: "address_message", values: { values: given } });
  },
  async flow(message) {
    const given = await askForm(message.content.action.parameters.flow_cta, { answer: "" });
    const token = message.content.action.parameters.flow_token;
    if (given) act("answer_form", { wamid: message.id, name: "flow", values: { flow_token: token, ...given } });
  },
  async pay(message) {
    const status = await choose("Payment", [{ choices: [
      { value: "captured", title: "Pay", description: "The money arrives." },
      { value: "pending", title: "Begin to pay", description: "The bank has not answered yet." },
      { value: "failed", title: "Fail", description: "The bank refuses." },
    ] }]);
    if (status) act("pay", { wamid: message.id, status });
  },
  async more(message) {
    const own = message.mine ? [message.type === "text" ? { value: "edit", title: "Edit" } : null, { value: "delete", title: "Delete for everyone" }] : [];
    const choices = [{ value: "reply", title: "Reply" }, { value: "forget", title: "Take my reaction away" }, ...own].filter(Boolean);
    const picked = await choose(gist(message).slice(0, 60), [{ emoji: true, choices: EMOJI.map((each) => ({ value: each, title: each })) }, { choices }]);
    if (picked) doWith(message, picked);
  },
};

function doWith(message, picked) {
  if (picked === "reply") return answer(message, false);
  if (picked === "edit") return answer(message, true);
  if (picked === "delete") return act("delete", { wamid: message.id });
  return act("react", { wamid: message.id, emoji: picked === "forget" ? "" : picked });
}

function answer(message, edits) {
  answering = { message, edits };
  $("answering").hidden = false;
  $("answering").querySelector("span").textContent = `${edits ? "Edit" : "Reply to"}: ${gist(message)}`;
  if (edits) $("words").value = message.content.body;
  $("words").focus();
}

function leaveAnswering() {
  answering = null;
  $("answering").hidden = true;
}

async function send(event) {
  event?.preventDefault();
  const text = $("words").value.trim();
  if (!text || !current) return;
  const to = answering;
  $("words").value = "";
  grow();
  leaveAnswering();
  if (to?.edits) await act("edit", { wamid: to.message.id, text });
  else await act("say", to ? { text, quote: to.message.id } : { text });
}

function grow() {
  const words = $("words");
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight + 2, 144)}px`;
}

async function sendLocation() {
  const place = await askLocation();
  if (place) act("send_location", place);
}

async function sendCart() {
  const cart = await askCart(products);
  if (cart) act("send_cart", cart);
}

function chooseFile(accept) {
  $("file").accept = accept;
  $("file").value = "";
  $("file").click();
}

const ATTACH = {
  photo: () => chooseFile("image/*,video/*"),
  audio: () => chooseFile("audio/*"),
  file: () => chooseFile(""),
  location: sendLocation,
  cart: sendCart,
};

async function sendFile() {
  const [file] = $("file").files;
  if (!file) return;
  const caption = file.type.startsWith("audio/") ? "" : $("words").value.trim();
  if (await attempt(() => service.sendFile(current, file, caption))) {
    if (caption) $("words").value = "";
  }
}

async function newCustomer() {
  const known = [...chats.values()].map((chat) => Number(chat.wa_id)).filter((each) => String(each).startsWith("9190000"));
  const given = await askCustomer(numbers, `+${Math.max(919000000000, ...known) + 1}`);
  const chat = given && (await attempt(() => service.makeCustomer(given)));
  if (!chat) return;
  changed(chat);
  open(chat.key);
}

function listen() {
  $("new-customer").onclick = newCustomer;
  $("composer").onsubmit = send;
  $("words").oninput = grow;
  $("words").onkeydown = (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event); };
  $("answering").querySelector("button").onclick = leaveAnswering;
  $("attach").onclick = () => { $("attachments").hidden = !$("attachments").hidden; };
  document.addEventListener("click", (event) => { if (event.target !== $("attach")) $("attachments").hidden = true; });
  for (const button of document.querySelectorAll("[data-attach]")) button.onclick = () => ATTACH[button.dataset.attach]();
  $("file").onchange = sendFile;
  $("back").onclick = () => { current = null; $("app").className = "at-list"; $("chat").hidden = true; drawList(); };
}

async function load() {
  const told = await attempt(service.state);
  if (!told) return;
  ({ numbers, products } = told);
  for (const chat of told.chats) chats.set(chat.key, chat);
  showConnection(told.connected);
  drawList();
  drawChat(true);
}

listen();
await load();
let lost = false;
service.watch(changed, (error) => {
  if (!error && lost) load(); // what came while the line was down
  lost = Boolean(error);
});
