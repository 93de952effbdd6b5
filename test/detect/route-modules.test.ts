import { expect, test } from 'vitest';
import { openRepository } from '../../src/detect/repository/repository.ts';
import { javascriptRouteModules } from '../../src/detect/source/javascript/javascript-route-modules.ts';
import { pythonRouteModules } from '../../src/detect/source/python/python-route-modules.ts';
import { type Files, onlyServiceIn, packageJson, repositoryOf } from './repository-of.ts';

const ROUTER = 'from fastapi import APIRouter\nrouter = APIRouter()\n';
const FASTAPI: Files = {
  'requirements.txt': 'fastapi\n',
  'main.py':
    'from fastapi import FastAPI\nfrom shop.api import api\napp = FastAPI(docs_url=None)\napp.include_router(api)\n',
  'shop/__init__.py': '',
  'shop/api.py':
    'from fastapi import APIRouter\nfrom shop import items, tell\napi = APIRouter(prefix="/v1")\n' +
    'api.include_router(items.router)\napi.include_router(tell.router)\n',
  'shop/items.py': `${ROUTER}@router.get("/items")\ndef items(): ...\n`,
  'shop/tell.py': `${ROUTER}@router.get("/healthz")\ndef tell(): ...\n`,
};

test('of a Python program only what mounts and what may be the endpoint is parsed', () => {
  const repository = openRepository(repositoryOf(FASTAPI));
  const files = pythonRouteModules(repository, 'main.py', 'health').map(({ file }) => file);
  expect(files).toEqual(['main.py', 'shop/api.py', 'shop/tell.py']);
});

const EXPRESS: Files = {
  'package.json': packageJson(['express'], { dev: 'node main.js' }),
  'main.js': "const app = require('express')();\napp.use('/v1', require('./api'));\napp.listen(4600);\n",
  'api.js':
    "const router = require('express').Router();\nrouter.use('/items', require('./items'));\n" +
    "router.use(require('./tell'));\nmodule.exports = router;\n",
  'items.js': "const router = require('express').Router();\nrouter.get('/items', list);\nmodule.exports = router;\n",
  'tell.js': "const router = require('express').Router();\nrouter.get('/healthz', tell);\nmodule.exports = router;\n",
};

test('of a JavaScript program only what leads to a possible endpoint is parsed', () => {
  const repository = openRepository(repositoryOf(EXPRESS));
  const files = javascriptRouteModules(repository, 'main.js', 'health').map(({ file }) => file);
  expect(files).toEqual(['main.js', 'api.js', 'tell.js']);
});

const HEALTH: readonly (readonly [string, Files, string])[] = [
  ['in a file of its own', FASTAPI, '/v1/healthz'],
  [
    'whose name is the prefix of another file',
    {
      ...FASTAPI,
      'shop/api.py': String(FASTAPI['shop/api.py']).replace('tell.router', 'tell.router, prefix="/health"'),
      'shop/tell.py': `${ROUTER}@router.get("")\ndef tell(): ...\n`,
    },
    '/v1/health',
  ],
  [
    'whose path is a constant',
    {
      ...FASTAPI,
      'shop/paths.py': 'TELL = "/health"\n',
      'shop/tell.py': `from shop.paths import TELL\n${ROUTER}@router.get(TELL)\ndef tell(): ...\n`,
    },
    '/v1/health',
  ],
  [
    'in a list of imports over several lines',
    {
      ...FASTAPI,
      'shop/api.py': String(FASTAPI['shop/api.py']).replace(
        'items, tell',
        '(\n    items,  # of the shop\n    tell,\n)',
      ),
    },
    '/v1/healthz',
  ],
  ['of Express', EXPRESS, '/v1/healthz'],
  [
    'of Express whose path is a constant',
    {
      ...EXPRESS,
      'tell.js':
        "const PATHS = { tell: '/health' };\nconst router = require('express').Router();\n" +
        'router.get(PATHS.tell, tell);\nmodule.exports = router;\n',
    },
    '/v1/health',
  ],
  [
    'of Express that a function is handed the router for',
    {
      ...EXPRESS,
      'main.js': "const app = require('express')();\nrequire('./routes')(app);\napp.listen(4600);\n",
      'routes.js': "const tell = require('./tell');\nmodule.exports = (server) => tell(server);\n",
      'tell.js': "module.exports = (app) => app.get('/healthz', tell);\n",
    },
    '/healthz',
  ],
  [
    'of a page, where the only other one is that of many things,',
    {
      ...EXPRESS,
      'main.js':
        "const app = require('express')();\napp.get('/', page);\napp.get('/status', one);\n" +
        "app.get('/status/:page', one);\napp.listen(4600);\n",
    },
    '/',
  ],
  [
    'of a page alone',
    {
      ...EXPRESS,
      'api.js': '',
      'main.js': "const app = require('express')();\napp.get('/', page);\napp.listen(4600);\n",
    },
    '/',
  ],
];

/** What stands before the router in the call that mounts it. */
const BEFORE: readonly (readonly [string, string | null])[] = [
  ['', '/healthz'],
  ['cors(), ', '/healthz'],
  ['limits.strict, ', '/healthz'],
  ['settings.prefix, ', null],
  [`\`/\${version}\`, `, null],
  ["['/a', '/b'], ", null],
  ["process.env.PREFIX || '/v2', ", '/v2/healthz'],
];

test.each(BEFORE)(
  'the prefix of a router that is mounted with `use(%srouter)` is proved, or its routes are none',
  async (before, path) => {
    const service = await onlyServiceIn({
      ...EXPRESS,
      'main.js': `const app = require('express')();\napp.use(${before}require('./tell'));\napp.listen(4600);\n`,
    });
    expect(service.health).toBe(path);
  },
);

test.each(HEALTH)('an endpoint %s is found', async (_, files, path) => {
  expect((await onlyServiceIn(files)).health).toBe(path);
});
