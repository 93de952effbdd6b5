/**
 * A program call with the many ways to reach the same program made one: `./node_modules/.bin/vite`, `node
 * node_modules/vite/bin/vite.js`,
 * `python -m flask`, `venv/bin/flask`, `php artisan`, `bin/rails` become `vite`, `vite`, `flask`, `flask`, `artisan`,
 * `rails`.
 */
export function normaliseCall(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words;
  const name = programName(first);
  if (name === 'node' || name === 'bun') return throughInterpreter(rest) ?? [name, ...rest];
  if (/^python[\d.]*$/.test(name)) return throughPython(rest) ?? ['python', ...rest];
  if (name === 'php' && rest[0] === 'artisan') return rest;
  if (name === 'php' && rest[0] === 'bin/console') return rest;
  if (name === 'ruby' && /^(\.\/)?bin\//.test(rest[0] ?? '')) return [programName(rest[0] ?? ''), ...rest.slice(1)];
  return [name, ...rest];
}

function programName(word: string): string {
  const isFile = /\.(js|ts|mjs|cjs|py|rb|sh)$/.test(word);
  if (isFile) return /(^|\/)manage\.py$/.test(word) ? 'manage.py' : word.replace(/^\.\//, '');
  if (/^\.\/dev$|^\.\/devgen$/.test(word)) return word;
  return word.replace(/^.*[/\\]/, '').replace(/\.(exe|cmd|bat|phar)$/, '');
}

function throughInterpreter(rest: readonly string[]): readonly string[] | undefined {
  const position = rest.findIndex((word) => !word.startsWith('-'));
  const file = rest[position] ?? '';
  const after = rest.slice(position + 1);
  const dependency =
    /(?:^|\/)node_modules\/(?:\.bin\/([\w.-]+)|(@[\w.-]+\/[\w.-]+|[\w.-]+)\/.*?([\w.-]+?)(?:\.[cm]?js)?)$/.exec(file);
  if (dependency !== null) {
    const [, binary, , stem] = dependency;
    return [binary ?? stem ?? file, ...after];
  }
  if (/^(\.\/)?ace(\.js)?$/.test(file)) return ['ace', ...after];
  if (file === 'x' && rest[position + 1] !== undefined) return rest.slice(position + 1);
  return undefined;
}

function throughPython(rest: readonly string[]): readonly string[] | undefined {
  const position = rest.findIndex((word) => word === '-m' || !word.startsWith('-'));
  const word = rest[position];
  if (word === '-m') {
    const [module = '', ...after] = rest.slice(position + 1);
    return [module === 'gunicorn.app.wsgiapp' ? 'gunicorn' : module, ...after];
  }
  if (word !== undefined && /(^|\/)manage\.py$/.test(word)) return ['manage.py', ...rest.slice(position + 1)];
  return undefined;
}
