import { expect, test } from 'vitest';
import { type Files, onlyServiceIn } from './repository-of.ts';

const FLASK = 'from flask import Flask\napp = Flask(__name__)\n';
const GO_MAIN =
  'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.HandleFunc("/healthz", ok)\n\thttp.ListenAndServe(":8090", nil)\n}\n';
const ACTUATOR =
  '<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-actuator</artifactId></dependency></dependencies>';
const SPRING = `<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId></parent>${ACTUATOR}</project>`;

const ROWS: readonly (readonly [string, Files, string, number, string | null])[] = [
  [
    'Django',
    {
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n',
      'requirements.txt': 'Django==5.0\n',
    },
    'python3 manage.py runserver $PORT',
    8000,
    null,
  ],
  [
    'FastAPI with uvicorn',
    { 'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n', 'requirements.txt': 'fastapi\nuvicorn\n' },
    'python3 -m uvicorn main:app --reload --port $PORT',
    8000,
    '/docs',
  ],
  [
    'FastAPI with its own command',
    {
      'app/__init__.py': '',
      'app/main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
      'pyproject.toml': '[project]\nname = "x"\ndependencies = ["fastapi[standard]>=0.110"]\n',
      'uv.lock': '',
    },
    'uv run python -m fastapi dev app/main.py --port $PORT',
    8000,
    '/docs',
  ],
  [
    'FastAPI in a src folder',
    {
      'src/shop/__init__.py': '',
      'src/shop/main.py': 'from fastapi import FastAPI\napp = FastAPI(docs_url=None)\n',
      'pyproject.toml': '[project]\nname = "x"\ndependencies = ["fastapi"]\n',
    },
    'python3 -m uvicorn shop.main:app --app-dir src --reload --port $PORT',
    8000,
    null,
  ],
  ['Flask', { 'app.py': FLASK, 'requirements.txt': 'flask\n' }, 'python3 -m flask run --port $PORT', 5000, null],
  [
    'Flask whose file sets the port',
    {
      'server.py': `${FLASK}if __name__ == "__main__":\n    app.run(debug=True, port=5055)\n`,
      'requirements.txt': 'Flask\n',
    },
    'python3 -m flask run --port $PORT',
    5055,
    null,
  ],
  [
    'a Flask factory',
    {
      'shop/__init__.py':
        'from flask import Flask\ndef create_app(config=None):\n    app = Flask(__name__)\n    return app\n',
      'requirements.txt': 'flask\n',
    },
    'python3 -m flask run --port $PORT',
    5000,
    null,
  ],
  [
    'Starlette',
    {
      'main.py': 'from starlette.applications import Starlette\napp = Starlette()\n',
      'requirements.txt': 'starlette\n',
    },
    'python3 -m uvicorn main:app --reload --port $PORT',
    8000,
    null,
  ],
  [
    'Quart',
    { 'app.py': 'from quart import Quart\napp = Quart(__name__)\n', 'requirements.txt': 'quart\n' },
    'python3 -m quart --app app:app run --reload --port $PORT',
    5000,
    null,
  ],
  [
    'Sanic',
    { 'server.py': 'from sanic import Sanic\napp = Sanic("x")\n', 'requirements.txt': 'sanic\n' },
    'python3 -m sanic server:app --dev --port $PORT',
    8000,
    null,
  ],
  [
    'Litestar',
    { 'app.py': 'from litestar import Litestar\napp = Litestar([])\n', 'requirements.txt': 'litestar\n' },
    'python3 -m litestar --app app:app run --reload --port $PORT',
    8000,
    null,
  ],
  [
    'Streamlit',
    { 'app.py': 'import streamlit as st\nst.title("x")\n', 'requirements.txt': 'streamlit\n' },
    'python3 -m streamlit run app.py --server.port $PORT --server.headless true',
    8501,
    '/_stcore/health',
  ],
  [
    'Gradio',
    {
      'app.py': 'import gradio as gr\ndemo = gr.Interface(f, "text", "text")\ndemo.launch()\n',
      'requirements.txt': 'gradio\n',
    },
    'python3 app.py',
    7860,
    null,
  ],
  [
    'Rails',
    {
      Gemfile: 'gem "rails"\n',
      'bin/rails': '',
      'config/application.rb': '',
      'config/routes.rb':
        'Rails.application.routes.draw do\n  get "up" => "rails/health#show", as: :rails_health_check\nend\n',
    },
    'bin/rails server -p $PORT',
    3000,
    '/up',
  ],
  [
    'Sinatra with Rack',
    { Gemfile: 'gem "sinatra"\n', 'config.ru': 'run App\n' },
    'bundle exec rackup -p $PORT',
    9292,
    null,
  ],
  [
    'a Sinatra file',
    { Gemfile: 'gem "sinatra"\n', 'app.rb': 'require "sinatra"\nget "/health" do\n  "ok"\nend\n' },
    'bundle exec ruby app.rb -p $PORT',
    4567,
    '/health',
  ],
  ['Go', { 'go.mod': 'module example.com/x\n', 'main.go': GO_MAIN }, 'go run .', 8090, '/healthz'],
  [
    'Go under cmd',
    {
      'go.mod': 'module example.com/x\n',
      'cmd/server/main.go': GO_MAIN,
      'cmd/migrate/main.go': 'package main\nfunc main() {}\n',
    },
    'go run ./cmd/server',
    8090,
    '/healthz',
  ],
  ['Go with air', { 'go.mod': 'module example.com/x\n', 'main.go': GO_MAIN, '.air.toml': '' }, 'air', 8090, '/healthz'],
  [
    'axum',
    {
      'Cargo.toml': '[package]\nname = "x"\n[dependencies]\naxum = "0.7"\n',
      'src/main.rs':
        'fn main() {\n let app = Router::new().nest("/api", Router::new().route("/health", get(ok)));\n let listener = TcpListener::bind("0.0.0.0:3456");\n}\n',
    },
    'cargo run',
    3456,
    '/api/health',
  ],
  [
    'actix-web',
    {
      'Cargo.toml': '[package]\nname = "x"\n[dependencies]\nactix-web = "4"\n',
      'src/main.rs':
        'fn main() { HttpServer::new(|| App::new().service(web::scope("/v1").route("/ping", web::get().to(ping)))).bind(("127.0.0.1", 8088)) }',
    },
    'cargo run',
    8088,
    '/v1/ping',
  ],
  [
    'Rocket',
    {
      'Cargo.toml': '[package]\nname = "x"\n[dependencies]\nrocket = "0.5"\n',
      'src/main.rs':
        '#[get("/health")]\nfn health() -> &\'static str { "ok" }\n#[launch]\nfn rocket() -> _ { rocket::build().mount("/", routes![health]) }\n',
    },
    'ROCKET_PORT=$PORT cargo run',
    8000,
    '/health',
  ],
  [
    'Spring Boot with Maven',
    {
      'pom.xml': SPRING,
      mvnw: '',
      'src/main/java/App.java': 'class App {}',
      'src/main/resources/application.properties': 'server.port=8085\nserver.servlet.context-path=/shop\n',
    },
    './mvnw spring-boot:run -Dspring-boot.run.arguments=--server.port=$PORT',
    8085,
    '/shop/actuator/health',
  ],
  [
    'Spring Boot with Gradle',
    {
      'build.gradle.kts': 'plugins {\n  id("org.springframework.boot") version "3.2.0"\n}\n',
      gradlew: '',
      'src/main/kotlin/App.kt': '',
      'src/main/resources/application.yml': 'server:\n  port: 8086\n',
    },
    './gradlew bootRun --args=--server.port=$PORT',
    8086,
    null,
  ],
  [
    'Laravel',
    {
      'composer.json': { require: { 'laravel/framework': '^11.0' } },
      artisan: '',
      'bootstrap/app.php': "<?php\n->withRouting(\n  health: '/up',\n)",
    },
    'php artisan serve --port=$PORT --tries=0',
    8000,
    '/up',
  ],
  [
    'Symfony',
    { 'composer.json': { require: { 'symfony/framework-bundle': '*' } } },
    'symfony server:start --no-tls --port=$PORT',
    8000,
    null,
  ],
  [
    'plain PHP',
    { 'composer.json': { require: { php: '>=8' } }, 'public/index.php': '<?php' },
    'php -S localhost:$PORT -t public',
    8000,
    null,
  ],
  [
    'Phoenix',
    {
      'mix.exs': 'defp deps do\n [{:phoenix, "~> 1.7"}]\nend\n',
      'config/dev.exs': 'config :x, X.Endpoint, http: [ip: {127, 0, 0, 1}, port: 4010]\n',
      'lib/x_web/router.ex': 'scope "/api", X do\n  get "/health", HealthController, :index\nend\n',
    },
    'mix phx.server',
    4010,
    '/api/health',
  ],
  [
    'ASP.NET',
    {
      'Api/Api.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
      'Api/Program.cs': 'app.MapHealthChecks("/healthz");',
      'Api/Properties/launchSettings.json': {
        profiles: { http: { commandName: 'Project', applicationUrl: 'http://localhost:5123' } },
      },
      'Domain/Domain.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    },
    'dotnet watch run --non-interactive --no-launch-profile --urls http://localhost:$PORT',
    5123,
    '/healthz',
  ],
  ['Hugo', { 'hugo.toml': 'baseURL = "/"\n' }, 'hugo server --port $PORT', 1313, '/'],
  ['Zola', { 'config.toml': 'base_url = "/"\n', 'content/a.md': '' }, 'zola serve --port $PORT', 1111, '/'],
  [
    'Jekyll',
    { '_config.yml': 'title: x\n', Gemfile: 'gem "jekyll"\n' },
    'bundle exec jekyll serve --port $PORT',
    4000,
    '/',
  ],
];

test.each(ROWS)('%s is started by a command that takes the port', async (_, files, command, port, health) => {
  const service = await onlyServiceIn(files);
  expect({ command: service.command, port: service.port, health: service.health }).toEqual({ command, port, health });
});
