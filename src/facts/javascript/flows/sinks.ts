import type { Source } from '../source.ts';
import { addressSinks, locationSinks } from './address-sinks.ts';
import { codeSinks } from './code-sinks.ts';
import { commandSinks } from './command-sinks.ts';
import { directorySinks } from './directory-sinks.ts';
import { fileSinks } from './file-sinks.ts';
import { inputSinks } from './input-sinks.ts';
import { linkSinks } from './link-sinks.ts';
import { logSinks } from './log-sinks.ts';
import { looseSinks } from './loose-sinks.ts';
import { assignedMarkup, markupSinks } from './markup-sinks.ts';
import { mergeSinks } from './merge-sinks.ts';
import { propertySinks } from './property-sinks.ts';
import { rowSinks } from './row-sinks.ts';
import { callSite, type Sink } from './sink.ts';
import { sqlSinks } from './sql-sinks.ts';
import { storeSinks } from './store-sinks.ts';
import { textSinks } from './text-sinks.ts';
import { lengthSinks, trustSinks } from './trust-sinks.ts';

const families = [
  sqlSinks,
  commandSinks,
  codeSinks,
  fileSinks,
  addressSinks,
  storeSinks,
  mergeSinks,
  textSinks,
  markupSinks,
  directorySinks,
  linkSinks,
  trustSinks,
  rowSinks,
  inputSinks,
  logSinks,
];
/** A generated file can have thousands of sinks; a reviewed one has tens. */
const maxSinks = 2_000;

/** All places of a file that trust what they are given. */
export function sinksOf(source: Source): readonly Sink[] {
  const sinks: Sink[] = [];
  for (const node of [...source.tree.of('CallExpression'), ...source.tree.of('NewExpression')]) {
    // A call that is given nothing, or constants alone, trusts nobody.
    if (node.arguments.every(({ type }) => type === 'Literal')) continue;
    const call = callSite(source, node);
    if (call) for (const family of families) sinks.push(...family(source, call));
    if (sinks.length > maxSinks) return sinks;
  }
  return [
    ...sinks,
    ...propertySinks(source),
    ...assignedMarkup(source),
    ...locationSinks(source),
    ...lengthSinks(source),
    ...looseSinks(source),
  ];
}
