import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** XML with entities switched on, and paths into XML built from input. */
export const xmlInjection = defineRule({
  id: 'xml-injection',
  lesson: 4,
  severity: 'error',
  summary: 'XML from outside is parsed with entities, or input becomes an XPath: switch entities off and bind values.',
  why: 'An entity in a document can name a file or an address, and the parser puts its content into the text: that reads `/etc/passwd` or calls inside your network. Entities that contain entities grow to gigabytes. An XPath built from text is injection as in SQL.',
  fix: 'Parse without `noent`, `processEntities` or a DTD, refuse documents with a `DOCTYPE`, limit the size, and pass values to XPath as variables.',
  examples: {
    bad: [
      {
        path: 'src/import.js',
        code: `
  import libxmljs from 'libxmljs2';
  export const importOrder = (text) =>
>   libxmljs.parseXml(text, { noent: true });`,
      },
      {
        path: 'src/soap.js',
        code: `
  import { parseString } from 'xml2js';
  export const soap = (req, res) => {
>   parseString(req.body, (error, result) => res.json(result));
  };`,
      },
      {
        path: 'src/find.js',
        code: `
  import xpath from 'xpath';
  export const find = (req, res) => {
>   res.json(xpath.select("//user[name='" + req.query.name + "']", users));
  };`,
      },
    ],
    good: [
      {
        path: 'src/import.js',
        code: `
  import libxmljs from 'libxmljs2';
  export const importOrder = (text) => libxmljs.parseXml(text, { nonet: true });`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['xml'], 'is interpreted by');
  },
});
