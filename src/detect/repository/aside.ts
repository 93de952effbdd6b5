/** Folders whose contents show, test or deploy the project but are not run while developing it. */
const NAMES = `examples example samples sample demo demos playground playgrounds sandbox sandboxes fixtures fixture
  __fixtures__ __tests__ __mocks__ test tests testing e2e e2e-tests spec specs integration-tests cypress
  playwright benchmark benchmarks bench templates template scaffold scaffolds stubs skeleton skeletons contrib
  deploy deployment deployments charts helm k8s kubernetes terraform ansible infra infrastructure .github
  .circleci .devcontainer podman docker docker-images dockerfiles .docker archive archived legacy old deprecated
  backup third_party third-party external testdata test-data storybook .storybook snippets tutorials`;

const ASIDE = new RegExp(
  `(?:^|/)(?:(?:_(?!_))?(?:${NAMES.trim().split(/\s+/).join('|').replaceAll('.', '\\.')}|src-tauri)(?:/|$)|` +
    'create-|(?:sample|example|demo)s?[-_]|\\{\\{|[^/]+[-_](?:tests|e2e)(?:/|$))',
  'i',
);

/** Whether a directory (or a file's directory) lies in such a folder. */
export function isAside(path: string): boolean {
  return ASIDE.test(path);
}
