import { expect, test } from 'vitest';
import { detectIn, type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const EXPRESS = "const express = require('express');\nexpress().listen(process.env.PORT || 4100);\n";

/** What starts it, the repository, and the port, which shows that the right file was read. */
const FOUND: readonly (readonly [string, Files, number])[] = [
  [
    'nodemon without a file',
    { 'package.json': packageJson(['express'], { dev: 'nodemon' }, { main: 'app.js' }), 'app.js': EXPRESS },
    4100,
  ],
  [
    'nodemon with its file in nodemon.json',
    {
      'package.json': packageJson(['express'], { dev: 'nodemon' }),
      'nodemon.json': { exec: 'ts-node src/boot.ts' },
      'src/boot.ts': "import express from 'express';\nexpress().listen(4101);\n",
    },
    4101,
  ],
  [
    'node with a directory',
    { 'package.json': packageJson(['express'], { start: 'node .' }), 'index.js': EXPRESS },
    4100,
  ],
  ['a program behind pnpm', { 'package.json': packageJson(['vite'], { dev: 'pnpm vite --port 4102' }) }, 4102],
  ['a program behind yarn', { 'package.json': packageJson(['next'], { dev: 'yarn next dev -p 4103' }) }, 4103],
  [
    'a runner of files behind pnpm',
    { 'package.json': packageJson(['express'], { dev: 'pnpm tsx watch app.js' }), 'app.js': EXPRESS },
    4100,
  ],
  [
    'nodemon behind yarn',
    { 'package.json': packageJson(['express'], { dev: 'yarn nodemon app.js' }), 'app.js': EXPRESS },
    4100,
  ],
  [
    'a parallel runner behind bunx',
    { 'package.json': packageJson(['vite'], { dev: 'bunx concurrently "vite --port 4108"' }) },
    4108,
  ],
  ['Python’s own server of files', { Makefile: 'serve:\n\tpython3 -m http.server -d public 4109\n' }, 4109],
  [
    'Python’s own server of files in a script',
    { 'package.json': packageJson([], { start: 'python -m http.server 4109' }) },
    4109,
  ],
  [
    'a task of mise in a file of its own',
    { 'mise-tasks/dev': '#!/usr/bin/env bash\nexport PORT=4110\nnode app.js\n', 'app.js': EXPRESS },
    4110,
  ],
  [
    'a debugger around Flask',
    {
      'requirements.txt': 'flask\n',
      Makefile: 'dev:\n\tpython -m debugpy --listen 5678 -m flask --app app run -p 4111\n',
      'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
    },
    4111,
  ],
  [
    'a bundler that runs what it has built, as its configuration says,',
    {
      'package.json': packageJson(['koa', 'tsup'], { dev: 'tsup --config tsup.dev.config.ts' }),
      'tsup.dev.config.ts':
        "export default { watch: ['src'], onSuccess: base.onSuccess + ' && node ./build/index.js' };\n",
      'src/index.ts': "import Koa from 'koa';\nnew Koa().listen(4112);\n",
    },
    4112,
  ],
  [
    'sails.lift',
    {
      'package.json': packageJson(['sails'], { start: 'node app.js' }),
      'app.js': "const sails = require('sails');\nsails.lift();\n",
    },
    1337,
  ],
  [
    'Fresh with an import map',
    {
      'deno.json': { tasks: { start: 'deno run -A dev.ts' }, importMap: './import_map.json' },
      'import_map.json': { imports: { '$fresh/': 'https://deno.land/x/fresh@1.6.0/' } },
      'dev.ts': '',
    },
    8000,
  ],
  [
    'a target that a plug-in of Nx makes',
    {
      'package.json': packageJson(['nx'], {}, { workspaces: ['apps/*'] }),
      'nx.json': { plugins: [{ plugin: '@nx/rsbuild', options: { devTargetName: 'serve' } }] },
      'apps/cart/project.json': { name: 'cart', targets: {} },
      'apps/cart/rsbuild.config.ts': 'export default { server: { port: 4104 } };\n',
      'apps/cart/src/index.html': '',
    },
    4104,
  ],
  [
    'the script that builds as it serves, not the one that serves a finished build',
    {
      'package.json': packageJson(['vite'], { start: 'vite --port 4105', serve: 'http-server build -p 5001' }),
    },
    4105,
  ],
  [
    'a deep package with a lock file of its own',
    { 'a/b/c/web/package.json': packageJson(['vite'], { dev: 'vite --port 4106' }), 'a/b/c/web/package-lock.json': {} },
    4106,
  ],
  [
    'webpack, with its settings in another file',
    {
      'package.json': packageJson(['webpack'], { dev: 'webpack serve --config webpack/dev.js' }),
      'webpack/dev.js':
        "const { merge } = require('webpack-merge');\nmodule.exports = merge(require('./server'), { mode: 'development' });\n",
      'webpack/server.js': 'module.exports = { devServer: { port: 4107 } };\n',
    },
    4107,
  ],
  ['the gem of what GitHub builds', { Gemfile: 'gem "github-pages"\n', '_config.yml': 'title: x\n' }, 4000],
  ['Jekyll without a Gemfile', { '_config.yml': 'title: x\n', '_posts/2020-01-01-a.md': '' }, 4000],
];

test.each(FOUND)('a server that %s starts is found', async (_, files, port) => {
  expect((await onlyServiceIn(files)).port).toBe(port);
});

test('a script that watches goes before one that does not', async () => {
  const service = await onlyServiceIn({
    'package.json': packageJson(['express'], { serve: 'node app.js', 'serve:dev': 'nodemon app.js' }),
    'app.js': EXPRESS,
  });
  expect(service.developerCommand).toBe('npm run serve:dev');
});

test.each([
  ['server', 'server:watch'],
  ['start', 'nodemon'],
])('of `%s` and `%s` for one file the one that watches is taken', async (plain, watching) => {
  const service = await onlyServiceIn({
    'package.json': packageJson(['express'], { [plain]: 'node app.js', [watching]: 'nodemon app.js' }),
    'app.js': EXPRESS,
  });
  expect(service.developerCommand).toBe(`npm run ${watching}`);
});

test('what a script for development names stays, whatever watches beside it', async () => {
  const service = await onlyServiceIn({
    'package.json': packageJson(['express'], { dev: 'node app.js', 'server:watch': 'nodemon app.js' }),
    'app.js': EXPRESS,
  });
  expect(service.developerCommand).toBe('npm run dev');
});

const BUILT_FIRST = {
  'package.json': packageJson(['express', 'nodemon'], {
    build: 'node build.js',
    serve: 'node --inspect dist/server.js',
    'dev:watch':
      'nodemon --quiet --exec "npm run build && npm run serve" -e js,ts --watch server --ignore "**/*.test.ts"',
    dev: 'npm run serve',
  }),
  'build.js': "require('esbuild').build({});\n",
  'src/server.js': EXPRESS,
};

test('what a watcher builds and starts anew is started by the script with the watcher', async () => {
  const { services, notes } = await detectIn(BUILT_FIRST);
  expect(services).toMatchObject([{ command: 'npm run dev:watch', developerCommand: 'npm run dev:watch', port: 4100 }]);
  expect(notes).toEqual([]);
});

test('Vite+ starts a front end, and the documentation of the same package is left out', async () => {
  const service = await onlyServiceIn({
    'package.json': packageJson(['vite-plus', 'vitepress', 'vue'], {
      start: 'vp dev',
      'docs:dev': 'vitepress dev docs',
    }),
    'docs/index.md': '',
    'index.html': '',
  });
  expect(service).toMatchObject({ developerCommand: 'npm start', port: 5173, framework: 'vue-vite' });
});

test('a library whose dev server shows its demonstration is no service', async () => {
  const { services } = await detectIn({
    'package.json': packageJson(['vite'], { dev: 'vite' }, { private: false, exports: './index.js' }),
    'vite.config.js': "export default { root: 'demo' };\n",
    'demo/index.html': '',
  });
  expect(services).toEqual([]);
});

test('a theme for another server is none itself', async () => {
  const { services } = await detectIn({
    'composer.json': { type: 'wordpress-theme', require: { php: '>=8' } },
    'index.php': '<?php',
  });
  expect(services).toEqual([]);
});

test.each([
  ['a theme of WordPress', { 'style.css': '/*\nTheme Name: Shop\n*/\n' }],
  ['a plug-in of WordPress', { 'shop.php': '<?php\n/**\n * Plugin Name: Shop\n */\n' }],
])('%s without a type in composer.json is no server', async (_, files) => {
  const { services } = await detectIn({
    'composer.json': { require: { php: '>=8' } },
    'index.php': '<?php',
    ...files,
  });
  expect(services).toEqual([]);
});

test('a site of PHP pages without Composer is served from the folder of its index', async () => {
  const service = await onlyServiceIn({ 'public/index.php': "<?php\nrequire '../pages.php';\n", 'pages.php': '<?php' });
  expect(service).toMatchObject({ command: 'php -S localhost:$PORT -t public', port: 8000 });
});

test('an index page that only hides its folder is no site', async () => {
  const { services } = await detectIn({ 'index.php': '<?php\n// Silence is golden.\n' });
  expect(services).toEqual([]);
});

test('the demonstration of a library is no service', async () => {
  const { services } = await detectIn({
    'package.json': packageJson(['vite'], { dev: 'vite demo' }, { exports: './index.js' }),
    'demo/index.html': '',
  });
  expect(services).toEqual([]);
});

test('what a workspace script starts in a folder of examples is left out', async () => {
  const { services } = await detectIn({
    'package.json': packageJson(['turbo'], { dev: 'turbo run dev' }, { workspaces: ['apps/*', 'examples/*'] }),
    'apps/web/package.json': packageJson(['vite'], { dev: 'vite' }),
    'examples/embed/package.json': packageJson(['vite'], { dev: 'vite' }),
  });
  expect(services.map(({ cwd }) => cwd)).toEqual(['apps/web']);
});

test('a command line tool that a workspace script starts is left out', async () => {
  const { services } = await detectIn({
    'package.json': packageJson(['turbo'], { dev: 'turbo dev' }, { workspaces: ['packages/*'] }),
    'packages/web/package.json': packageJson(['vite'], { dev: 'vite' }),
    'packages/cli/package.json': packageJson(
      [],
      { dev: 'node bin/shop.js' },
      { name: '@shop/cli', bin: 'bin/shop.js' },
    ),
    'packages/cli/bin/shop.js': "require('http').createServer().listen(4301);\n",
  });
  expect(services.map(({ cwd }) => cwd)).toEqual(['packages/web']);
});

test.each([
  ['listens in its own file', "require('node:http').createServer().listen(4301);\n"],
  ['is made with a framework for servers', "require('./app.js').listen(4301);\n"],
])('a server that can be installed as a command and %s stays one', async (_, entry) => {
  const service = await onlyServiceIn({
    'package.json': packageJson(['express'], { dev: 'node bin/shop.js' }, { name: 'shop', bin: 'bin/shop.js' }),
    'bin/shop.js': entry,
    'bin/app.js': "module.exports = require('express')();\n",
  });
  expect(service).toMatchObject({ command: 'npm run dev', port: 4301 });
});

test('what a line of a Procfile only has when a variable is set does not hide its program', async () => {
  const { services } = await detectIn({
    Gemfile: "gem 'rails'\n",
    'bin/rails': '',
    'config/application.rb': '',
    'Procfile.dev': `web: bundle exec \${DEBUG:+rdbg -O -n -c --} bin/rails server\n`,
  });
  expect(services).toMatchObject([{ name: 'web', framework: 'rails', port: 3000 }]);
});

test('what Phoenix starts as one of its watchers is no service beside it', async () => {
  const phoenix = (watchers: string) => ({
    'mix.exs': 'defp deps do\n [{:phoenix, "~> 1.7"}]\nend\n',
    'config/dev.exs': `config :shop, Shop.Endpoint,\n  watchers: [\n    ${watchers}\n  ]\n`,
    'assets/package.json': packageJson(['vite'], { dev: 'vite' }),
  });
  const { services, notes, setup } = await detectIn(
    phoenix('npm: ["run", "dev", cd: Path.expand("../assets", __DIR__)]'),
  );
  expect(services.map(({ cwd }) => cwd)).toEqual(['.']);
  expect(notes).toEqual([
    '`npm run dev` in `assets` is started by Phoenix itself, as one of its `watchers`, and was left out.',
  ]);
  expect(setup).toMatchObject([{ run: 'mix deps.get' }, { run: 'npm install', cwd: 'assets' }]);
  const beside = await detectIn(phoenix('esbuild: {Esbuild, :install_and_run, [:default, ~w(--watch)]}'));
  expect(beside.services.map(({ cwd }) => cwd)).toEqual(['.', 'assets']);
});

test('a theme of a site is a part of it', async () => {
  const service = await onlyServiceIn({
    'site/config.toml': 'baseURL = "/"\n',
    'site/content/a.md': '',
    'site/themes/plain/config.toml': 'baseURL = "/"\n',
    'site/themes/plain/content/a.md': '',
  });
  expect(service).toMatchObject({ cwd: 'site', framework: 'hugo' });
});

test('a program of many commands is started with the one that the documents say serves', async () => {
  const service = await onlyServiceIn({
    'Cargo.toml': '[package]\nname = "shop"\n[dependencies]\naxum = "0.7"\n',
    'src/bin/shop/main.rs': 'fn main() { let port = var("PORT").unwrap_or(8888); }\n',
    'README.md': '```sh\ncargo run -- worker\ncargo run -- server\n```\n',
  });
  expect(service).toMatchObject({ developerCommand: 'cargo run -- server', port: 8888 });
});

test.each([
  ["a class made from the framework's", 'from flask import Flask\nclass Shop(Flask): ...\napp = Shop(__name__)\n'],
  [
    'a function of the file',
    'from flask import Flask\ndef deploy():\n    made = Flask(__name__)\n    return made\napp = deploy()\n',
  ],
])('an application that is an object of %s is found', async (_, source) => {
  const service = await onlyServiceIn({ 'requirements.txt': 'flask\n', 'app.py': source });
  expect(service).toMatchObject({
    command: 'python3 -m flask run --port $PORT',
    env: { FLASK_APP: 'app', FLASK_DEBUG: '1' },
  });
});

test('an application that FLASK_APP names is the one, however deep its file lies', async () => {
  const source = 'from flask import Flask\nshop = Flask(__name__)\n';
  const service = await onlyServiceIn({
    'requirements.txt': 'flask\n',
    '.flaskenv': 'FLASK_APP=shop/site/pages.py:shop\nFLASK_RUN_PORT=4305\n',
    'shop/__init__.py': '',
    'shop/site/__init__.py': '',
    'shop/site/pages.py': source,
    'shop/site/admin.py': source,
  });
  expect(service).toMatchObject({ port: 4305, env: { FLASK_DEBUG: '1' } });
  expect(service.evidence[0]?.file).toBe('shop/site/pages.py');
});

test('an application is started where the env file that names it lies', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'flask\n',
    '.env': 'FLASK_APP=web/server.py\n',
    'web/server.py': 'from flask import Flask\nimport pages\napp = Flask(__name__)\n',
    'web/pages.py': '',
  });
  expect(service).toMatchObject({ cwd: '.', command: 'python3 -m flask run --port $PORT', env: { FLASK_DEBUG: '1' } });
});

const WORKSPACE = {
  'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
  'crates/server/Cargo.toml':
    '[package]\nname = "shop"\n[dependencies]\nactix-web = "4"\nshop_settings = { path = "../settings" }\n',
  'crates/server/src/main.rs': 'fn main() { HttpServer::new(app).bind((settings.bind, settings.port)) }\n',
  'crates/settings/Cargo.toml': '[package]\nname = "shop_settings"\n[dependencies]\nactix-web = "4"\n',
  'crates/settings/src/main.rs': 'fn main() { print(Settings::default()) }\n',
  'crates/settings/src/lib.rs':
    'pub struct Settings {\n  #[default(4310)]\n  pub port: u16,\n}\nfn pictures() -> Url { Url::parse("http://localhost:8080") }\n',
};

test('of a workspace the programs that open a port are servers, and settings may have a package of their own', async () => {
  const service = await onlyServiceIn(WORKSPACE);
  expect(service).toMatchObject({ command: 'cargo run -p shop', port: 4310 });
});

test('a host of .NET Aspire starts the projects that it refers to', async () => {
  const web = '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>';
  const { services, notes } = await detectIn({
    'src/Shop.AppHost/Shop.AppHost.csproj':
      '<Project Sdk="Aspire.AppHost.Sdk/9.5.0">\n<ProjectReference Include="..\\Api\\Api.csproj" />\n</Project>',
    'src/Shop.AppHost/Properties/launchSettings.json': {
      profiles: { https: { commandName: 'Project', applicationUrl: 'https://localhost:17000;http://localhost:15000' } },
    },
    'src/Api/Api.csproj': web,
    'src/Other/Other.csproj': web,
  });
  expect(services.map(({ cwd, command, port }) => `${cwd} ${command.slice(0, 10)} ${port}`)).toEqual([
    'src/Shop.AppHost dotnet run 15000',
    'src/Other dotnet wat 5000',
  ]);
  expect(notes).toEqual([
    '`src/Shop.AppHost/Shop.AppHost.csproj` starts the projects that it refers to: they were left out.',
  ]);
});
