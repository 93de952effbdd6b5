// wait-on lets joi check its options and fill in defaults. devgen's options are its own: only the defaults are needed.

function rule(initial) {
  const chain = { initial, default: rule };
  for (const constraint of ['integer', 'items', 'min', 'required']) chain[constraint] = () => chain;
  return chain;
}

function object(rules) {
  const defaults = Object.fromEntries(Object.entries(rules ?? {}).map(([name, { initial }]) => [name, initial]));
  return { ...rule(), validate: (options) => ({ value: { ...defaults, ...options } }) };
}

const anything = () => rule();

module.exports = {
  array: anything,
  binary: anything,
  boolean: anything,
  function: anything,
  number: anything,
  object,
  string: anything,
};
