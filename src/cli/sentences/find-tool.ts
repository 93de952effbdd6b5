/** How a tool that a repository builds on is come by, as a whole sentence; one place for setup and `doctor`. */
const WAYS: Readonly<Record<string, string>> = {
  npm: 'npm comes with Node (nodejs.org).',
  node: 'nodejs.org has it; so have nvm, fnm, mise and the system’s packages.',
  pnpm: '`corepack enable pnpm` or `npm install --global pnpm` brings it.',
  yarn: '`corepack enable yarn` or `npm install --global yarn` brings it.',
  corepack: '`npm install --global corepack` brings it.',
  bun: 'bun.com tells how to install it; `npm install --global bun` does, too.',
  deno: 'deno.com tells how to install it.',
  python: 'python.org and the system’s packages have it.',
  python3: 'python.org and the system’s packages have it.',
  uv: '`pipx install uv` brings it; docs.astral.sh/uv tells of other ways.',
  poetry: '`pipx install poetry` brings it.',
  pipenv: '`pipx install pipenv` brings it.',
  pdm: '`pipx install pdm` brings it.',
  pipx: 'pipx.pypa.io and the system’s packages have it.',
  ruby: 'ruby-lang.org, rbenv, mise and the system’s packages have it.',
  bundle: '`gem install bundler` brings it.',
  php: 'php.net and the system’s packages have it.',
  composer: 'getcomposer.org tells how to install it.',
  mix: 'elixir-lang.org/install tells how to install Elixir, which brings it.',
  elixir: 'elixir-lang.org/install tells how to install it.',
  go: 'go.dev/doc/install tells how to install it.',
  cargo: 'rustup.rs tells how to install Rust, which brings it.',
  dotnet: 'dotnet.microsoft.com has the SDK.',
  java: 'adoptium.net and the system’s packages have it.',
  make: 'The system’s packages have it.',
  task: 'taskfile.dev tells how to install it.',
  just: 'just.systems tells how to install it.',
  docker: 'docs.docker.com tells how to install it.',
};

export function waysToGet(tool: string): string | null {
  return (Object.hasOwn(WAYS, tool) ? WAYS[tool] : undefined) ?? null;
}
