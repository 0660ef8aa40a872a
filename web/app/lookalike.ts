/*
 * A name may look like another one letter by letter: "Аurora" with a Cyrillic А. UTS #39 tells such names by scripts that are mixed
 * within a word, and by words whose letters all look like Latin ones. What is so is marked, never changed: it may be honest.
 */

const LATIN = /\p{Script=Latin}/u;
/** Scripts with letters that look like Latin ones. */
const OTHERS = [
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Lisu}/u,
];
/** Cyrillic and Greek letters that UTS #39 maps to Latin ones (confusables.txt), in either case. */
const LATIN_LIKE = /^[АВЕЅІЈКМНОРСТХУԌԚԜҮаеѕіјорсухԁԛԝһүΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυα\p{Script=Common}]+$/u;
/** Letters dressed up, such as full-width or mathematical ones. */
const DRESSED = /[\u{1d400}-\u{1d7ff}\uff21-\uff3a\uff41-\uff5a\u{1f130}-\u{1f189}]/u;

/** Whether a name has letters that look like others than they are. */
export function isLookalike(name: string): boolean {
  if (!/[^ -~]/.test(name)) return false;
  return (
    DRESSED.test(name) ||
    name
      .slice(0, 400)
      .split(/[\s\p{P}]+/u)
      .some(isLookalikeWord)
  );
}

function isLookalikeWord(word: string): boolean {
  const others = OTHERS.filter((script) => script.test(word)).length;
  if (others === 0) return false;
  return LATIN.test(word) || others > 1 || (LATIN_LIKE.test(word) && [...word].length > 1);
}
