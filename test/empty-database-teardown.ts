/** Jest's `globalTeardown`, which takes a file's default export. */
export { removeEmptyDatabase as default } from './empty-database.ts';
