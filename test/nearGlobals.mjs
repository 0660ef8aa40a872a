/**
 * Jest runs all code in a context of its own, where each look at a global, be it `Math`, takes a hundred times as long as at a
 * variable. So each module is given those it names as variables. What tests put fakes in place of, clocks above all, is left global.
 */
export const nearGlobals = [
  ...['Array', 'BigInt', 'Boolean', 'Error', 'Infinity', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise'],
  ...['Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'TypeError', 'WeakMap', 'WeakSet', 'isNaN', 'parseInt'],
  ...['ArrayBuffer', 'BigInt64Array', 'BigUint64Array', 'DataView', 'Float64Array', 'Int32Array', 'Uint8Array'],
  ...['Uint16Array', 'Uint32Array'],
];

/** The code of a module of ECMAScript, with its lines where they were. */
export function bringNear(code) {
  const named = nearGlobals.filter((name) => new RegExp(`\\b${name}\\b`).test(code) && !toDeclaration(name).test(code));
  return named.length === 0 ? code : `const { ${named.join(', ')} } = globalThis; ${code}`;
}

/** Where a module has something of that name itself, or may have: in a declaration, a pattern or an import. */
function toDeclaration(name) {
  return new RegExp(`\\b(?:const|let|var|function\\*?|class)\\s+${name}\\b|[{,]\\s*(?:\\w+\\s+as\\s+)?${name}\\s*[,}]`);
}
