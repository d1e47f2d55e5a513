import { expect, test } from "vitest";
import { filled, slashWord, withReply } from "./placeholders";

test("known places are filled in, others stay to be seen", () => {
  const known = { name: "Asha", order_number: null, total: "₹998.00", agent: "Ravi" };
  expect(filled("Hi {name}, {order_number}: {total}. {agent} {x}", known)).toBe(
    "Hi Asha, {order_number}: ₹998.00. Ravi {x}",
  );
});

test("a slash opens the saved replies at the begin of a word only", () => {
  expect(slashWord("/", 1)).toBe("");
  expect(slashWord("ok /tha", 7)).toBe("tha");
  expect(slashWord("and/or", 6)).toBeNull();
  expect(slashWord("https://a", 9)).toBeNull();
  expect(slashWord("/tha nks", 8)).toBeNull();
});

test("the reply stands in place of the slash and its word", () => {
  expect(withReply("ok /tha!", 7, "tha", "Thank you")).toBe("ok Thank you!");
});
