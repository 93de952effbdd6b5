export { Explorer } from 'cosmiconfig/dist/Explorer.js';
