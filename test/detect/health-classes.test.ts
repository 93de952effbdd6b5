import { expect, test } from 'vitest';
import { detectIn, type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const EXPRESS = "const express = require('express');\nconst app = express();\n";
const NODE = { 'package.json': packageJson(['express'], { dev: 'node server.js' }) };
const DJANGO = { 'requirements.txt': 'django\n', 'manage.py': 'DJANGO_SETTINGS_MODULE' };
const FLASK = { 'requirements.txt': 'flask\nflask-restx\n' };

/** How the endpoint is registered, and its whole path; `null` where the code does not prove one. */
const PATHS: readonly (readonly [string, Files, string | null])[] = [
  [
    'on a router that a function is handed',
    {
      ...NODE,
      'server.js': `${EXPRESS}const { endpoints } = require('./endpoints');\nconst api = express.Router();\napp.use('/api', api);\nendpoints(api);\napp.listen(3000);\n`,
      'endpoints.js':
        "function endpoints(router) {\n  router.get('/ping', (_, reply) => reply.end());\n}\nmodule.exports = { endpoints };\n",
    },
    '/api/ping',
  ],
  [
    'on a router that nothing is seen to mount',
    {
      ...NODE,
      'server.js': `${EXPRESS}require('./routes').forEach(({ path, router }) => app.use(path, router));\napp.listen(3000);\n`,
      'routes.js':
        "const router = require('express').Router();\nrouter.get('/health', h);\nmodule.exports = [router];\n",
    },
    null,
  ],
  [
    'in the image of the root, for the only server on its port',
    {
      Dockerfile: 'FROM go\nHEALTHCHECK CMD curl --fail http://localhost:4500/ping || exit 1\n',
      'backend/go.mod': 'module x\n',
      'backend/main.go': 'package main\nfunc main() { http.ListenAndServe(":4500", plugins()) }\n',
    },
    '/ping',
  ],
  [
    'in a script of the repository that the image runs',
    {
      'docker/Dockerfile': 'FROM python\nHEALTHCHECK CMD python $HOME/shop/check.py || exit 1\n',
      'shop/check.py': 'url = f"http://127.0.0.1:{port}/api/about"\n',
      'requirements.txt': 'fastapi\n',
      'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
    },
    '/api/about',
  ],
  [
    'in a plug before the router',
    {
      'mix.exs': 'defp deps do\n [{:phoenix, "~> 1.7"}]\nend\n',
      'lib/shop_web/plugs/tell.ex': 'def call(%Conn{path_info: ["status"]} = conn, _), do: send_resp(conn, 200, "")\n',
      'lib/shop_web/router.ex': 'scope "/", ShopWeb do\n  get "/", PageController, :home\nend\n',
    },
    '/status',
  ],
  [
    'nowhere, though annotations of a controller begin like those of a route',
    {
      'pom.xml':
        '<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId></parent></project>',
      'src/main/java/Pay.java':
        '@Getter\n@RestController\nclass Pay {\n  @PostMapping("/pay/{id}")\n  void pay(@PathVariable("id") Long id) {}\n}\n',
    },
    null,
  ],
  [
    'in a script that is compiled for the image',
    {
      ...NODE,
      'server.js': `${EXPRESS}app.use(pages);\napp.listen(3000);\n`,
      Dockerfile: 'FROM node\nHEALTHCHECK CMD exec node check.js\n',
      'check.ts': `const url = \`http://\${host}:\${port}/api/health-check\`;\n`,
    },
    '/api/health-check',
  ],
  [
    'among the routes of Laravel that no group stands around',
    {
      artisan: '',
      'composer.json': { require: { 'laravel/framework': '^11' } },
      'routes/web.php':
        "<?php\nRoute::middleware('auth')->group(function () {\n    Route::get('/health', Admin::class);\n});\nRoute::get('/ready', Secret::class)->middleware('auth');\nRoute::get('/status', Status::class);\n",
    },
    '/status',
  ],
  [
    'in a namespace of flask-restx',
    {
      ...FLASK,
      'app.py':
        'from flask import Flask\nfrom flask_restx import Api, Namespace, Resource\napp = Flask(__name__)\napi = Api(app, prefix="/api")\nns = Namespace("system")\napi.add_namespace(ns)\n@ns.route("/health")\nclass Health(Resource):\n    def get(self): ...\n',
    },
    '/api/system/health',
  ],
  [
    'on a blueprint of a package that a function registers',
    {
      ...FLASK,
      'app/__init__.py':
        'from flask import Flask\ndef create_app():\n    app = Flask(__name__)\n    setup(app)\n    return app\ndef setup(application):\n    from app.status import status as blueprint\n    application.register_blueprint(blueprint, url_prefix="/ops")\n',
      'app/status/__init__.py':
        'from flask import Blueprint\nstatus = Blueprint("status", __name__)\nfrom app.status import views\n',
      'app/status/views.py': 'from app.status import status\n@status.route("/healthz")\ndef show(): ...\n',
    },
    '/ops/healthz',
  ],
  [
    'on a blueprint that is registered nowhere',
    {
      ...FLASK,
      'app.py':
        'from flask import Flask, Blueprint\napp = Flask(__name__)\nbp = Blueprint("b", __name__)\n@bp.route("/health")\ndef h(): ...\n',
    },
    null,
  ],
  [
    'in a list that urlpatterns include',
    {
      ...DJANGO,
      'site/settings.py': 'ROOT_URLCONF = "site.urls"\n',
      'site/urls.py':
        'api_urls = [path("status/", view)]\nurlpatterns = [path("api/v1/", include(api_urls)), path("api/v2/", include(api_urls))]\n',
    },
    '/api/v2/status/',
  ],
  [
    'in a list that stands in the include itself, of which other lists are parts',
    {
      ...DJANGO,
      'site/settings.py': 'ROOT_URLCONF = "site.urls"\n',
      'site/urls.py':
        'urlpatterns = [re_path(r"^api/", include([path("v1/", include(([path("health/", view)], "x"))), path("a", view)]))]\n',
    },
    '/api/v1/health/',
  ],
  [
    'of a lesson about health endpoints, deep in the program',
    {
      'package.json': packageJson(['express'], { dev: 'node server.js' }),
      'server.js':
        "const app = require('express')();\napp.get('/lessons/task3/actuator/health', h);\napp.get('/', h);\napp.listen(4000);\n",
    },
    null,
  ],
  [
    'by a package that is included',
    {
      ...DJANGO,
      'site/settings.py': 'ROOT_URLCONF = "site.urls"\n',
      'site/urls.py': 'urlpatterns = [path("v1/health/", include("health_check.urls")), path("", home)]\n',
    },
    '/v1/health/',
  ],
  [
    'by a controller whose base class has the route',
    {
      'Api/Api.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
      'Api/BaseController.cs':
        '[ApiController]\n[Route("api/[controller]")]\npublic class BaseController : ControllerBase\n{\n}\n',
      'Api/HealthController.cs':
        'public class HealthController : BaseController\n{\n    [HttpGet]\n    public ActionResult Get() => Ok();\n}\n',
    },
    '/api/health',
  ],
  [
    'with its methods named first',
    {
      'go.mod': 'module example.com/x\n',
      'main.go':
        'package main\n\nfunc main() {\n\tg.Match([]string{"GET", "HEAD"}, "/health", show)\n\tg.Run(":8080")\n\tgin.New()\n}\n',
    },
    '/health',
  ],
  [
    'as the root of a group',
    {
      'go.mod': 'module example.com/x\n',
      'main.go':
        'package main\n\nfunc main() {\n\tr := gin.New()\n\tping := r.Group("/api/ping")\n\tping.GET("/", show)\n\tr.Run(":8080")\n}\n',
    },
    '/api/ping/',
  ],
];

test.each(PATHS)('a health endpoint %s has its whole path, or none', async (_, files, health) => {
  const service = await onlyServiceIn(files);
  expect(service.healthSource === 'declared' ? service.health : null).toBe(health);
});

test.each([
  ['FastAPI()', '/docs'],
  ["FastAPI(docs_url='/handbook')", '/handbook'],
  ['FastAPI(docs_url=None)', null],
])('the documentation of %s is found at %s, beside its health endpoint', async (application, docs) => {
  const server = `from fastapi import FastAPI\napp = ${application}\n@app.get('/health')\ndef health(): return {}\n`;
  expect(await onlyServiceIn({ 'main.py': server, 'requirements.txt': 'fastapi\n' })).toMatchObject({
    health: '/health',
    docs,
  });
});

test('of two servers of one folder the health check of its image is that of the one on its port', async () => {
  const { services } = await detectIn({
    'package.json': packageJson(['express', 'vite'], {
      dev: 'run-p dev:*',
      'dev:api': 'node server.js',
      'dev:web': 'vite',
    }),
    'server.js': `${EXPRESS}app.use(pages);\napp.listen(3000);\n`,
    'index.html': '',
    Dockerfile: `FROM node\nHEALTHCHECK CMD wget -qO- "http://localhost:\${PORT:-3000}/_health" || exit 1\n`,
  });
  expect(services.map(({ name, health }) => `${name} ${health}`)).toEqual(['api /_health', 'web /']);
});

test('a helper beside the server of a framework does not answer on the routes of its files', async () => {
  const { services } = await detectIn({
    'package.json': packageJson(['@react-router/dev', '@react-router/node', 'vite'], {
      dev: 'concurrently "node watch.js" "react-router dev"',
    }),
    'watch.js': "require('node:http').createServer(answer).listen(3099);\n",
    'app/routes/healthcheck.tsx': 'export const loader = () => new Response("ok");\n',
  });
  expect(services.map(({ port, health }) => `${port} ${health}`)).toEqual(['3099 null', '5173 /healthcheck']);
});
