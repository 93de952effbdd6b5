export { default } from 'tree-kill';
