export { Parser } from 'yargs/helpers';
