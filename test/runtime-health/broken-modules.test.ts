import { expect, test } from 'vitest';
import { findBrokenModules } from '../../src/runtime/health/broken-modules.ts';
import { serveHttp } from './test-server.ts';

type Files = Readonly<Record<string, readonly [status: number, type: string, text: string]>>;

const html = (...tags: readonly string[]) => [200, 'text/html; charset=utf-8', tags.join('\n')] as const;
const script = (text: string) => [200, 'text/javascript', text] as const;
const error = [500, 'text/html', '<script type="module" src="/overlay.js"></script>'] as const;

const CASES: readonly (readonly [string, Files, readonly string[]])[] = [
  [
    'an entry module that its server cannot compile',
    { '/': html('<script type=module src=/src/main.ts></script>'), '/src/main.ts': error },
    ['/src/main.ts 500'],
  ],
  [
    'a module that the entry imports by way of another one',
    {
      '/': html("<script type='module' src='src/main.js'></script>"),
      '/src/main.js': script('import { a } from "/src/a.js";\nimport"/src/style.css"'),
      '/src/a.js': script('export{b}from"/src/b.js"'),
      '/src/style.css': script('import.meta.hot = 1'),
      '/src/b.js': error,
    },
    ['/src/b.js 500'],
  ],
  [
    'an entry that is missing, for which the server gives its page',
    { '/': html('<script src="/main.js" type="module" async></script>'), '/main.js': html('') },
    ['/main.js 200'],
  ],
  [
    'no module that a comment names, that is a package, of another server, or loaded later',
    {
      '/': html(
        '<script type="module" src="/@vite/client"></script>',
        '<script type="module" src="http://localhost:1/x.js"></script>',
        '<script src="/old.js"></script>',
        '<script type="module" src="/main.js?t=1&amp;u=2"></script>',
      ),
      '/main.js?t=1&u=2': script('// import "./gone.js"\nimport "/node_modules/.vite/deps/a.js"; import("/later.js")'),
      '/@vite/client': error,
      '/old.js': error,
      '/later.js': error,
      '/node_modules/.vite/deps/a.js': error,
      '/gone.js': error,
    },
    [],
  ],
  [
    'modules that import each other, once',
    {
      '/': html('<script type="module" src="/a.js"></script>'),
      '/a.js': script('import "/b.js"'),
      '/b.js': script('import "/a.js"'),
    },
    [],
  ],
  ['nothing of what is no page', { '/': [200, 'application/json', '<script type="module" src="/a.js">'] }, []],
  ['nothing of a page that is itself an error: its probe tells', { '/': error, '/overlay.js': error }, []],
];

test.each(CASES)('of a page is found: %s', async (_, files, expected) => {
  const asked: string[] = [];
  const port = await serveHttp((request, response) => {
    asked.push(request.url ?? '');
    const [status, type, text] = files[request.url ?? ''] ?? [404, 'text/plain', ''];
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  const { broken } = await findBrokenModules(new URL(`http://127.0.0.1:${port}/`));
  expect(broken.map(({ url, status }) => `${new URL(url).pathname} ${status}`)).toEqual(expected);
  expect(new Set(asked).size).toBe(asked.length);
});

test('a server that has gone has no broken modules', async () => {
  expect(await findBrokenModules(new URL('http://127.0.0.1:1/'))).toEqual({ count: 0, broken: [] });
});
