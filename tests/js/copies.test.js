import assert from "node:assert/strict";
import { test } from "node:test";

import { asCsv, asMarkdown, defused } from "../../docs/assets/js/copies.js";

test("CSV has quotation marks where RFC 4180 asks for them, and lines that end in CR LF", () => {
  assert.equal(
    asCsv([
      ["a", "b,c"],
      ['d "e"', "f\ng"],
    ]),
    'a,"b,c"\r\n"d ""e""","f\ng"\r\n',
  );
  assert.equal(asCsv([["", " x "]]), '," x "\r\n');
});

test("a cell that a spreadsheet would compute gets an apostrophe before it", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"]) assert.equal(defused(text), `'${text}`);
  for (const text of ["1-1", "a=b", "– none", "", "3.12"]) assert.equal(defused(text), text);
  assert.equal(asCsv([['=HYPERLINK("http://x")']]), `"'=HYPERLINK(""http://x"")"\r\n`);
});

test("Markdown keeps its columns whatever the cells say", () => {
  const text = asMarkdown([
    ["Criterion", "A|B"],
    ["x\ny", "<b>*1*</b> `c` [d]"],
  ]);
  assert.equal(text, "| Criterion | A\\|B |\n| --- | --- |\n| x y | \\<b\\>\\*1\\*\\</b\\> \\`c\\` \\[d\\] |\n");
});
