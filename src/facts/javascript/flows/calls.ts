import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { functionsOf } from '../handlers/resolve.ts';
import { importedFunctions } from '../neighbours/imported-functions.ts';
import { simpleName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { effectOf } from './cleaners.ts';
import { evaluate, type Inquiry } from './inquiry.ts';
import { isInSight, isListedField } from './listed-fields.ts';
import { isSegment, madePath } from './paths.ts';
import { replaced } from './replacements.ts';
import { readFromEvent } from './request-input.ts';
import { resultsOf, valueFromImport, valueOfResult } from './results.ts';
import { from, isAmount, safe, type Value, worst } from './value.ts';

/** Methods whose result is made of what they are called on. */
const keeps =
  /^(?:trim\w*|toString|toLowerCase|toUpperCase|toLocale\w+|slice|substr\w*|replace|replaceAll|normalize|split|at|charAt|padStart|padEnd|repeat|valueOf|filter|map|flat|flatMap|reverse|sort|pop|shift|values|entries|keys|get|getAll|then|catch|finally|match|exec|toJSON|promise|find)$/;
/** Functions whose result is made of what they are given. */
const passesOn =
  /(?:^|\.)(?:String|Object|decodeURIComponent|decodeURI|encodeURIComponent|encodeURI|unescape|escape|atob|btoa|Buffer\.from|JSON\.(?:parse|stringify)|Object\.(?:assign|values|keys|entries|fromEntries|freeze)|Array\.from|url\.parse|parse|qs\.parse|querystring\.parse|util\.format|util\.inspect|path\.\w+|join|resolve|normalize|dirname|relative|toNamespacedPath|structuredClone|cloneDeep|merge|defaults|trim|lodash\.\w+|_\.\w+|parseUrl|Set|Map|stringify)$/;
/** Functions that give back a list, whatever they are given. */
const makesList = /^(?:Object\.(?:keys|values|entries)|Array\.from)$/;
/** Methods that throw on anything but a string or a list: what comes out of them has been looked at. */
const ofStrings =
  /^(?:trim\w*|to(?:Lower|Upper|Locale)\w+|slice|substr\w*|replace|replaceAll|split|normalize|map|filter|flatMap|join)$/;
const joins = /^(?:concat|join)$/;

const counts = /^(?:Number(?:\.parse(?:Int|Float))?|parse(?:Int|Float)|Math\.(?:floor|ceil|round|abs|trunc|max))$/;

/** The value of a call's result. */
export function valueOfCall(inquiry: Inquiry, call: TSESTree.CallExpression, path: readonly string[]): Value {
  const { callee } = call;
  const { line } = call.loc.start;
  const name = simpleName(callee);
  const { tree } = inquiry.source;
  const text =
    callee.range[1] - callee.range[0] > 160 ? `…${name}` : tree.text.slice(...callee.range).replace(/\?\./g, '.');
  const args = call.arguments.map((argument) => (argument.type === 'SpreadElement' ? argument.argument : argument));

  if (inquiry.kind === 'path' && isSegment(inquiry.source, call)) return safe;
  if (inquiry.kind === 'command' && isOwnText(inquiry, callee, text)) return safe;
  if (inquiry.kind === 'list' && makesList.test(text)) return safe;
  // Reading the request: `req.param('id')`, `await c.req.json()`.
  if (callee.type === 'MemberExpression') {
    const read = evaluate(inquiry, callee.object, [`${name}()`, ...path]);
    if (read.trust === 'request' && isReader(name)) return read;
  }
  const [only] = args;
  const ofEvent =
    callee.type === 'Identifier' && only?.type === 'Identifier' && readFromEvent(name, only.name, path, line);
  if (ofEvent) return ofEvent;
  const origin = inquiry.source.originOf(callee).text;
  const keeping = (callee.type === 'MemberExpression' && keeps.test(name)) || origin === 'util.format';
  const effect = keeping ? 'none' : effectOf(text, inquiry.kind);
  const declared = functionsOf(inquiry.source, callee);
  const hollow =
    effect === 'clean' &&
    declared.some((fn) => fn.params.length > 0) &&
    inquiry.kind !== 'sql' &&
    inquiry.kind !== 'command';
  if (effect === 'number') return safe;
  // A number is as large as its text says.
  if (isAmount(inquiry.kind) && counts.test(text))
    return worst(args.slice(0, 1).map((argument) => evaluate(inquiry, argument)));
  if (effect === 'clean' && !hollow) return safe;
  if (effect === 'validates') {
    if (!isAmount(inquiry.kind) && isListedField(inquiry.source, callee, path)) return safe;
    const value = worst(args.slice(0, 1).map((argument) => evaluate(inquiry, argument)));
    return { ...value, validated: true, whole: false, ...(isInSight(inquiry.source, callee) ? {} : { unseen: true }) };
  }
  const made = madePath(inquiry, origin, args, line);
  if (made) return made;
  if (declared.length > 0) return valueOfResult(inquiry, declared, args, path);
  const imported = importedFunctions(inquiry.source, callee);
  if (imported) return valueFromImport(inquiry, imported, call, path);
  if (callee.type === 'MemberExpression') {
    if ((inquiry.kind === 'input' || inquiry.kind === 'type') && ofStrings.test(name)) return safe;
    if (joins.test(name)) {
      const value = worst([callee.object, ...args].map((part) => evaluate(inquiry, part)));
      return value.trust === 'constant' || value.trust === 'safe'
        ? value
        : { ...value, built: value.built || name === 'concat' || isBuilding(callee.object), whole: false };
    }
    if (keeps.test(name) && !isNamespace(inquiry, callee.object)) {
      if (name === 'replace' || name === 'replaceAll')
        return replaced(inquiry, callee.object, args, name === 'replaceAll');
      if (name === 'map' || name === 'flatMap') return mapped(inquiry, callee.object, args[0]);
      return { ...evaluate(inquiry, callee.object), ...(path.length > 0 ? { whole: false } : {}) };
    }
  }
  if (passesOn.test(text)) {
    const value = worst(args.map((argument) => evaluate(inquiry, argument)));
    const building = /format$/.test(text) && value.trust !== 'constant';
    return { ...value, built: value.built || building, whole: value.whole && path.length === 0 };
  }
  return from('unknown', `${text}()`, line);
}

/** What another command printed, or the operator configured: whoever writes it runs commands already. */
function isOwnText(inquiry: Inquiry, callee: Node, text: string): boolean {
  if (/^(?:this\.)?(?:config|conf|nconf|configService|settings)\.get\w*$/.test(text)) return true;
  return /^(?:node:)?child_process\.(?:exec|execFile|spawn)Sync$/.test(inquiry.source.originOf(callee).text);
}

function isReader(name: string): boolean {
  return !/^(?:toString|trim\w*|to\w+Case|replace|replaceAll|split|slice|substr\w*|at|charAt|pop|shift|map|filter|includes|join|concat)$/.test(
    name,
  );
}

/** `ids.map(() => '?')`: what the callback gives back, with the element for its parameter. */
function mapped(inquiry: Inquiry, object: Node, callback: Node | undefined): Value {
  if (inquiry.kind === 'command' && callback?.type === 'Identifier' && effectOf(callback.name, 'command') === 'clean')
    return safe;
  const [fn] = callback ? functionsOf(inquiry.source, callback) : [];
  if (!fn) return evaluate(inquiry, object);
  return worst(resultsOf(inquiry.source, fn).map((result) => evaluate(inquiry, result)));
}

function isBuilding(object: Node): boolean {
  return object.type === 'ArrayExpression' || object.type === 'Literal' || object.type === 'TemplateLiteral';
}

/** `_.map(x)`, `path.normalize(x)`, `JSON.parse(x)`: the receiver is a module, not a value. */
function isNamespace(inquiry: Inquiry, object: Node): boolean {
  if (object.type !== 'Identifier') return false;
  if (
    /^(?:JSON|Object|Array|Buffer|String|Promise|Reflect|path|url|querystring|qs|util|fs|_|lodash|crypto|axios|http|https|request|got)$/.test(
      object.name,
    )
  ) {
    const binding = inquiry.source.tree.bindingOf(object);
    if (!binding || binding.kind === 'import') return true;
    const origin = inquiry.source.originOf(object);
    // `const path = require('path')`, and not `const path = url.parse(x).query.path`.
    return origin.from === 'import' && !origin.text.includes('(');
  }
  return inquiry.source.tree.bindingOf(object)?.kind === 'import';
}
