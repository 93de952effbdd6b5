import { expect, test } from 'vitest';
import { detectIn, type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const EXPRESS = "const express = require('express');\nconst app = express();\n";
const NODE = { 'package.json': packageJson(['express'], { dev: 'node server.js' }) };
const FASTAPI = {
  'api/main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
  'api/requirements.txt': 'fastapi\n',
};

const HEALTH: readonly (readonly [string, Files, string | null])[] = [
  [
    'a mounted router',
    {
      ...NODE,
      'server.js': `${EXPRESS}app.use('/api', require('./routes'));\napp.listen(1234);\n`,
      'routes.js': "const router = require('express').Router();\nrouter.get('/health', h);\nmodule.exports = router;\n",
    },
    '/api/health',
  ],
  [
    'a FastAPI router',
    {
      'requirements.txt': 'fastapi\n',
      'app/__init__.py': '',
      'app/main.py':
        'from fastapi import FastAPI\nfrom app.config import settings\nfrom app.routes import health\napp = FastAPI()\napp.include_router(health.router, prefix=settings.PREFIX)\n',
      'app/config.py': 'class Settings:\n    PREFIX: str = "/api/v1"\nsettings = Settings()\n',
      'app/routes/__init__.py': '',
      'app/routes/health.py':
        'from fastapi import APIRouter\nrouter = APIRouter(prefix="/utils")\n@router.get("/health-check/")\ndef check(): ...\n',
    },
    '/api/v1/utils/health-check/',
  ],
  [
    'a Flask blueprint',
    {
      'requirements.txt': 'flask\n',
      'app.py':
        'from flask import Flask\nfrom status import bp\napp = Flask(__name__)\napp.register_blueprint(bp, url_prefix="/internal")\n',
      'status.py': 'from flask import Blueprint\nbp = Blueprint("s", __name__)\n@bp.route("/healthz")\ndef z(): ...\n',
    },
    '/internal/healthz',
  ],
  [
    'Django URLs',
    {
      'requirements.txt': 'django\n',
      'manage.py': 'DJANGO_SETTINGS_MODULE',
      'site/settings.py': 'ROOT_URLCONF = "site.urls"\n',
      'site/urls.py': 'urlpatterns = [path("api/", include("core.urls"))]\n',
      'core/urls.py': 'urlpatterns = [path("health/", view)]\n',
    },
    '/api/health/',
  ],
  [
    'Nest with prefix and version',
    {
      'package.json': packageJson(['@nestjs/core'], { dev: 'ts-node src/main.ts' }),
      'src/main.ts':
        "import { NestFactory } from '@nestjs/core';\nimport { H } from './health.controller';\nconst app = await NestFactory.create(H);\napp.setGlobalPrefix('api');\napp.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });\nawait app.listen(3000);\n",
      'src/health.controller.ts': "@Controller('health')\nexport class H { @Get() check() {} }\n",
    },
    '/api/v1/health',
  ],
  [
    'a Next route file',
    {
      'package.json': packageJson(['next'], { dev: 'next dev' }),
      'src/app/(ops)/api/heartbeat/route.ts': 'export const GET = () => new Response();',
    },
    '/api/heartbeat',
  ],
  [
    'a container health check',
    {
      ...NODE,
      'server.js': `${EXPRESS}app.listen(3000);\n`,
      Dockerfile: 'FROM node\nHEALTHCHECK --interval=5s CMD curl -f http://localhost:3000/api/alive || exit 1\n',
    },
    '/api/alive',
  ],
  [
    'states of other things',
    {
      ...NODE,
      'server.js': `${EXPRESS}app.get('/orders/status', h);\napp.get('/users/:id/health', h);\napp.listen(3000);\n`,
    },
    null,
  ],
];

test.each(HEALTH)('the health path of %s is told right', async (_, files, health) => {
  expect((await onlyServiceIn(files)).health).toBe(health);
});

test('a proxy to the backend is reported with its line, and the front end depends on it', async () => {
  const { services } = await detectIn({
    'backend/package.json': packageJson(['express'], { dev: 'node server.js' }),
    'backend/server.js': `${EXPRESS}app.listen(5001);\n`,
    'frontend/package.json': packageJson(['vite', 'vue'], { dev: 'vite' }),
    'frontend/vite.config.js':
      "export default {\n  server: {\n    proxy: { '/api': 'http://localhost:5001' },\n  },\n};\n",
  });
  expect(services.at(-1)).toMatchObject({
    name: 'frontend',
    dependsOn: ['backend'],
    wiring: [
      {
        file: 'frontend/vite.config.js',
        line: 3,
        says: 'points at `http://localhost:5001`, which is `backend`',
        suggestion: "process.env.BACKEND_URL ?? 'http://localhost:5001'",
      },
    ],
  });
});

test('a variable that the front end reads already is proposed as environment', async () => {
  const { services } = await detectIn({
    ...FASTAPI,
    'web/package.json': packageJson(['vite', 'react'], { dev: 'vite' }),
    'web/.env.example': 'VITE_API_URL=http://localhost:8000/v1\nVITE_OWN=http://localhost:5173\n',
    'web/src/socket.ts': "export const url = import.meta.env.VITE_SOCKET ?? 'http://127.0.0.1:8000';\n",
  });
  expect(services.at(-1)).toMatchObject({
    env: { VITE_API_URL: '$API_URL/v1', VITE_SOCKET: '$API_URL' },
    dependsOn: ['api'],
    wiring: [],
  });
  expect(services.at(-1)?.env).not.toHaveProperty('VITE_OWN');
});

test("Create React App's proxy is reported with a file to put in its place", async () => {
  const { services } = await detectIn({
    'server/app.py': 'from flask import Flask\napp = Flask(__name__)\n',
    'server/requirements.txt': 'flask\n',
    'client/package.json': packageJson(
      ['react-scripts'],
      { start: 'react-scripts start' },
      { proxy: 'http://localhost:5000' },
    ),
  });
  expect(services.at(-1)?.wiring[0]).toMatchObject({
    file: 'client/package.json',
    says: '`"proxy"` points at `http://localhost:5000`, which is `server`',
  });
});

test('an origin that the backend allows is reported on the backend', async () => {
  const { services } = await detectIn({
    ...FASTAPI,
    'api/main.py':
      'from fastapi import FastAPI\napp = FastAPI()\napp.add_middleware(CORS, allow_origins=["http://localhost:5173"])\n',
    'web/package.json': packageJson(['vite', 'react'], { dev: 'vite' }),
  });
  expect(services[0]?.wiring).toEqual([
    {
      file: 'api/main.py',
      line: 3,
      says: 'points at `http://localhost:5173`, which is `web`',
      suggestion: 'os.environ.get("WEB_URL", "http://localhost:5173")',
    },
  ]);
});

test('the port of a development command in a compose file beats the default', async () => {
  const service = await onlyServiceIn({
    ...FASTAPI,
    'compose.yaml':
      'services:\n  api:\n    build: ./api\n    command: uvicorn main:app --reload --port 5000\n    ports: ["5000:5000"]\n',
  });
  expect(service).toMatchObject({ port: 5000, portSource: 'compose.yaml' });
});

test('a port variable of another name is set by the proposed environment', async () => {
  const service = await onlyServiceIn({
    ...NODE,
    'server.js': `${EXPRESS}app.listen(Number(process.env.API_PORT) || 4005);\n`,
    '.env.example': 'API_PORT=4006\n',
  });
  expect(service).toMatchObject({ port: 4006, portSource: '.env.example:1', env: { API_PORT: '$PORT' } });
});
