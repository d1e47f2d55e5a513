import { expect, test } from "vitest";
import { linksOf } from "./links";

const found = (text: string) => linksOf(text).map((it) => [Array.from(text).slice(it.start, it.end).join(""), it.href]);

test("web addresses are found, without the sentence's full stop", () => {
  expect(found("see https://shop.example/a?b=1.")).toEqual([
    ["https://shop.example/a?b=1", "https://shop.example/a?b=1"],
  ]);
  expect(found("(www.shop.example/x)")).toEqual([["www.shop.example/x", "https://www.shop.example/x"]]);
});

test("places count characters, also behind an emoji", () => {
  expect(found("🙏 नमस्ते https://a.example")).toEqual([["https://a.example", "https://a.example"]]);
});

test("mail addresses and phone numbers lead to mail and phone", () => {
  expect(found("asha@rao.example")).toEqual([["asha@rao.example", "mailto:asha@rao.example"]]);
  expect(found("call +91 90000 12345 please")).toEqual([["+91 90000 12345", "tel:+919000012345"]]);
});

test("nothing else becomes a link", () => {
  expect(found("javascript:alert(1) data:text/html,x 560038 12-13 2.6")).toEqual([]);
});
