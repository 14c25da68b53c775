/** Letters of the graph's fonts, in pixels; wide ones (Chinese, emoji) take two places. */
const LETTER = 7.4;
const SMALL_LETTER = 6.1;
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|\p{Extended_Pictographic}/u;

export const places = (text: string) => [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);
export const nameWidth = (text: string) => places(text) * LETTER;
export const smallWidth = (text: string) => places(text) * SMALL_LETTER;

/** A name in at most two lines of so many places, broken where words end. */
export function nameLines(name: string, most: number): string[] {
  const [first, rest] = breakAt(name, most);
  return rest === '' ? [first] : [first, cutTo(rest, most)];
}

/** A text of at most so many places. */
export function cutTo(text: string, most: number): string {
  if (places(text) <= most) return text;
  let [kept, taken] = ['', 0];
  for (const letter of text) {
    taken += places(letter);
    if (taken > most - 1) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

function breakAt(text: string, most: number): [string, string] {
  if (places(text) <= most) return [text, ''];
  const letters = [...text];
  let [taken, end, last] = [0, letters.length, 0];
  for (const [i, letter] of letters.entries()) {
    taken += places(letter);
    if (taken > most) {
      end = i;
      break;
    }
    if (/[\s_\-:./|]/.test(letter)) last = i + 1;
    else if (i > 0 && /\p{Lu}/u.test(letter) && /\p{Ll}/u.test(letters[i - 1]!)) last = i;
  }
  const at = last > most / 3 ? last : end;
  return [letters.slice(0, at).join('').trimEnd(), letters.slice(at).join('').trimStart()];
}
