const LIMIT_MS = 60_000;

/**
 * One request to each service with an address, at its health path where it has one; and to each front end for the path of
 * what it depends on, which its proxy then answers. A worker or a container only has to be up.
 */
export async function askServices(running, { services, path }) {
  const detected = new Map(services.map((service) => [service.name, service]));
  const asked = [];
  for (const { service, state, url } of running) {
    const { health, kind, dependsOn = [] } = detected.get(service) ?? {};
    const isWeb = url?.startsWith('http') && !['database', 'worker'].includes(kind);
    if (state !== 'ready' || !isWeb) {
      asked.push({ service, url: isWeb ? url : null, says: state, isGood: state === 'ready' });
      continue;
    }
    asked.push({ service, url, ...(await ask(url, health ?? '/')) });
    if (kind !== 'frontend') continue;
    const behind = dependsOn.flatMap((name) => detected.get(name)?.health ?? []).filter((each) => each !== '/');
    for (const each of new Set([...behind, ...(path === undefined ? [] : [path])])) {
      const answer = await ask(url, each);
      // Not every back end is behind a proxy: only a path that was given has to be answered.
      asked.push({ service, url, ...answer, isGood: each !== path || (answer.isGood && !answer.isPage) });
    }
  }
  return asked;
}

async function ask(url, path) {
  try {
    const answer = await fetch(new URL(path, url), { signal: AbortSignal.timeout(LIMIT_MS) });
    const type = answer.headers.get('content-type')?.split(';')[0] ?? 'no type';
    const { length } = await answer.text();
    const isPage = type === 'text/html';
    // A back end without a page of its own says so and is well.
    return { says: `${path} ${answer.status} ${type} ${length}`, isGood: answer.status < 500, isPage };
  } catch (error) {
    return { says: `${path} ${error.cause?.code ?? error.name}`, isGood: false, isPage: false };
  }
}
