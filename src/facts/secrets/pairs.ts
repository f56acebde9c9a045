import { assignedValue } from './assigned-value.ts';
import { identifierAt } from './identifier.ts';
import type { AssignedValue } from './written-value.ts';

/** Formats that list settings as pairs: Kubernetes, task definitions, Terraform, collections of requests. */
const lists = /\.(?:ya?ml|json|tf|hcl)$/i;
const ownLine = /^\s{0,100}(?:-\s{1,8})?["']?value["']?\s{0,4}[:=]/i;
const nameAbove =
  /^\s{0,100}(?:-\s{1,8})?(?:\{\s{0,8})?["']?(?:name|key)["']?\s{0,4}[:=]\s{0,4}["']?([A-Za-z_][\w.-]{1,80})["']?,?\s{0,20}$/i;
const nameBefore = /\b(?:name|key)["']?\s{0,4}[:=]\s{0,4}["']?([A-Za-z_][\w.-]{1,80})["']?\s{0,4},\s{0,4}["']?$/i;
const markup = /\.(?:xml|config)$/i;
/** Apple's lists of properties: `<key>name</key>`, and `<string>x</string>` below it. */
const propertyList = /\.(?:plist|mobileconfig|entitlements)$/i;
const listedText = /^\s{0,100}<string>([^<>]{3,200})<\/string>\s{0,20}$/;
const listedName = /^\s{0,100}<key>([A-Za-z_][\w.-]{1,80})<\/key>\s{0,20}$/;
const element = /^\s{0,100}<value>([^<>]{3,200})<\/value>\s{0,20}$/;
const namedElement =
  /<\w{1,40}\s[^<>]{0,100}\b(?:name|key)\s{0,2}=\s{0,2}"([A-Za-z_][\w.-]{1,80})"[^<>]{0,100}>\s{0,20}$/;
const terraform = /\.(?:tf|hcl)$/i;
const maxLine = 300;
/** A variable's block, up to its default. */
const maxBlock = 800;

/**
 * Reads the name and the value of a pair: `name: DB_PASSWORD` and `value: x`, on two lines or on one; the default of a
 * Terraform variable; `<value>x</value>` of a property.
 *
 * @param text the whole file, in which the line begins at `start`
 * @param at offset in the line at which `value` or `default` stands
 */
export function pairAt(
  path: string,
  text: string,
  start: number,
  line: string,
  at: number,
): (AssignedValue & { readonly name: string }) | undefined {
  if (markup.test(path)) return elementAt(text, start, line, element, namedElement);
  if (propertyList.test(path)) return elementAt(text, start, line, listedText, listedName);
  if (!lists.test(path)) return undefined;
  const identifier = identifierAt(line, at);
  if (identifier.start !== at) return undefined;
  const isDefault = /^(?:Default|defaultValue)\b/.test(line.slice(at, at + 20));
  const name =
    terraform.test(path) && line.startsWith('default', at)
      ? variableOf(text, start)
      : isDefault
        ? parameterOf(text, start, line, at)
        : nameOf(text, start, line, at);
  const value = name && assignedValue(line, identifier.start, identifier.end, !path.endsWith('.json'));
  return name && value ? { name, ...value } : undefined;
}

function nameOf(text: string, start: number, line: string, at: number): string | undefined {
  const before = line.slice(Math.max(0, at - maxLine), at);
  return nameBefore.exec(before)?.[1] ?? (ownLine.test(line.slice(0, maxLine)) ? nameOn(text, start) : undefined);
}

/** `<property name="password">` and `<value>x</value>` below it. */
function elementAt(
  text: string,
  start: number,
  line: string,
  valueForm: RegExp,
  nameForm: RegExp,
): (AssignedValue & { readonly name: string }) | undefined {
  const value = valueForm.exec(line.slice(0, maxLine));
  const name = value && nameForm.exec(lineAbove(text, start))?.[1];
  return name && value[1] ? { name, value: value[1], at: line.indexOf(value[1]), quoted: true } : undefined;
}

/** The variable in whose block a line stands: blocks nest in it when it is validated, but not before its default. */
function variableOf(text: string, start: number): string | undefined {
  const before = text.slice(Math.max(0, start - maxBlock), start);
  const open = before.lastIndexOf('variable "');
  if (open < 0) return undefined;
  const block = before.slice(open);
  return block.includes('\n}') ? undefined : /^variable "([\w-]{1,80})"/.exec(block)?.[1];
}

const parameterBefore = /["']([A-Za-z_][\w-]{1,80})["']\s{0,4}:\s{0,4}\{[^{}]{0,200}["']$/;
const parameterAbove = /^\s{0,100}["']?([A-Za-z_][\w-]{1,80})["']?\s{0,4}:\s{0,4}\{?\s{0,20}$/;
const maxLines = 12;

/** The parameter whose default a line gives, in a template of CloudFormation or Azure: the nearest line that is less indented. */
function parameterOf(text: string, start: number, line: string, at: number): string | undefined {
  const before = parameterBefore.exec(line.slice(Math.max(0, at - maxLine), at))?.[1];
  if (before) return before;
  const indent = line.search(/\S/);
  const above = text
    .slice(Math.max(0, start - maxBlock), start)
    .split('\n')
    .slice(0, -1)
    .reverse()
    .slice(0, maxLines);
  const outer = above.find((each) => each.trim() !== '' && each.search(/\S/) < indent);
  return outer === undefined ? undefined : parameterAbove.exec(outer)?.[1];
}

/** The name on the line before the one that begins at `start`. */
function nameOn(text: string, start: number): string | undefined {
  return nameAbove.exec(lineAbove(text, start))?.[1];
}

/** The line before the one that begins at `start`; empty where there is none, or a long one. */
function lineAbove(text: string, start: number): string {
  if (start === 0) return '';
  const from = text.lastIndexOf('\n', start - 2) + 1;
  return start - from > maxLine ? '' : text.slice(from, start - 1);
}
