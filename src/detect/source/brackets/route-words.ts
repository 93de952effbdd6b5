/** How a language with brackets registers routes; names of functions and methods. */
export interface RouteWords {
  /** Register a path for GET: `Get`, `HandleFunc`, `route`. */
  readonly route: readonly string[];
  /** Give a prefix to what stands inside the call: `Route("/api", func(r) { … })`. */
  readonly around: readonly string[];
  /** Give a prefix to what follows in the chain: `scope("/api").route(…)`. */
  readonly chained: readonly string[];
  /** Give a prefix to the variable they are assigned to: `api := r.Group("/api")`. */
  readonly assigned: readonly string[];
  /** Where a function begins; the first group is its name. */
  readonly definition: RegExp;
}

export const GO_WORDS: RouteWords = {
  route: [
    'Get',
    'GET',
    'Handle',
    'HandleFunc',
    'Heartbeat',
    'Path',
    'Any',
    'Head',
    'Match',
    'Add',
    'Method',
    'handleFunc',
    'handle',
  ],
  around: ['Route'],
  chained: ['PathPrefix'],
  assigned: ['Group', 'PathPrefix', 'Party'],
  definition: /\bfunc\s+(?:\([^)]*\)\s*)?(\w+)\s*\(/g,
};

export const RUST_WORDS: RouteWords = {
  route: ['route', 'get', 'resource', 'at', 'path', 'to'],
  around: ['nest', 'scope_fn'],
  chained: ['scope'],
  assigned: [],
  definition: /\bfn\s+(\w+)\s*[(<]/g,
};

export const CSHARP_WORDS: RouteWords = {
  route: ['MapGet', 'MapHealthChecks', 'Map', 'UseHealthChecks', 'HttpGet', 'Route'],
  around: [],
  chained: [],
  assigned: ['MapGroup'],
  definition: /\b(?:void|Task|IActionResult|IEndpointRouteBuilder|WebApplication)\s+(\w+)\s*\(/g,
};
