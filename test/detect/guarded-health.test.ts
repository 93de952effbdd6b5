import { expect, test } from 'vitest';
import { type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const FASTAPI = 'from fastapi import APIRouter, Depends, FastAPI\nfrom auth import CurrentUser, get_current_user\n';
const FLASK = 'from flask import Flask\napp = Flask(__name__)\n';
const EXPRESS = "const app = require('express')();\napp.listen(4000);\n";

function fastapi(source: string): Files {
  return { 'requirements.txt': 'fastapi\n', 'main.py': FASTAPI + source };
}

function flask(source: string): Files {
  return { 'requirements.txt': 'flask\n', 'app.py': FLASK + source };
}

function django(view: string, settings = ''): Files {
  return {
    'requirements.txt': 'django\n',
    'manage.py': 'DJANGO_SETTINGS_MODULE',
    'site/settings.py': `ROOT_URLCONF = "site.urls"\n${settings}`,
    'site/urls.py': 'from shop import views\nurlpatterns = [path("health/", views.Health.as_view())]\n',
    'shop/views.py': view,
  };
}

const CLOSED =
  'REST_FRAMEWORK = {\n  "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],\n}\n';

/** What guards the endpoint, and whether a request without a user gets an answer. */
const GUARDS: readonly (readonly [string, Files, 'open' | 'closed'])[] = [
  ['nothing', fastapi('app = FastAPI()\n@app.get("/health")\ndef health(): return {}\n'), 'open'],
  [
    'a dependency',
    fastapi('app = FastAPI()\n@app.get("/health")\ndef health(u=Depends(get_current_user)): ...\n'),
    'closed',
  ],
  [
    'an annotated user',
    fastapi('app = FastAPI()\n@app.get("/health")\ndef health(user: CurrentUser): ...\n'),
    'closed',
  ],
  [
    'a database that every route depends on',
    fastapi('app = FastAPI()\n@app.get("/health")\ndef health(db=Depends(get_session)): ...\n'),
    'open',
  ],
  [
    'a dependency of the router',
    fastapi(
      'app = FastAPI()\nrouter = APIRouter(dependencies=[Depends(get_current_user)])\napp.include_router(router)\n@router.get("/health")\ndef health(): ...\n',
    ),
    'closed',
  ],
  [
    'a dependency where the router is included',
    fastapi(
      'app = FastAPI()\nrouter = APIRouter()\napp.include_router(router, dependencies=[Depends(get_current_user)])\n@router.get("/health")\ndef health(): ...\n',
    ),
    'closed',
  ],
  ['a decorator', flask('@app.route("/health")\n@login_required\ndef health(): return "ok"\n'), 'closed'],
  [
    'no decorator of its own',
    flask('@app.route("/health")\ndef health(): return "ok"\n\n@login_required\ndef x(): ...\n'),
    'open',
  ],
  [
    'the default of the settings',
    django('class Health(APIView):\n    def get(self, request): ...\n', CLOSED),
    'closed',
  ],
  [
    'an exception from the settings',
    django('class Health(APIView):\n    permission_classes = [AllowAny]\n', CLOSED),
    'open',
  ],
  [
    'settings that open what they do not close',
    django('class Health(APIView):\n    def get(self, request): ...\n'),
    'open',
  ],
  ['a permission of its own', django('class Health(APIView):\n    permission_classes = [IsAuthenticated]\n'), 'closed'],
  [
    'reading for everyone',
    django('class Health(APIView):\n    permission_classes = [IsAuthenticatedOrReadOnly]\n'),
    'open',
  ],
  ['a mixin', django('class Health(LoginRequiredMixin, View):\n    def get(self, request): ...\n'), 'closed'],
  [
    'middleware',
    {
      'package.json': packageJson(['express'], { dev: 'node s.js' }),
      's.js': `${EXPRESS}app.get('/health', requireAuth, h);\n`,
    },
    'closed',
  ],
  [
    'middleware that asks for no user',
    {
      'package.json': packageJson(['express'], { dev: 'node s.js' }),
      's.js': `${EXPRESS}app.get('/health', noCache, h);\n`,
    },
    'open',
  ],
];

test.each(GUARDS)('a health endpoint behind %s is taken when it answers without a user', async (_, files, way) => {
  const { health, healthSource } = await onlyServiceIn(files);
  expect(healthSource === 'declared' && health !== null ? 'open' : 'closed').toBe(way);
});
