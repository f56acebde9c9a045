import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Fix } from '../../../review/types.ts';
import type { NetworkCall } from '../../code.ts';
import { fateOf } from '../fate.ts';
import { isOfProject } from '../imported.ts';
import { propertyName, propertyOf, simpleName } from '../nodes.ts';
import type { Node } from '../parse.ts';
import { repaired, withArgument, withProperty } from '../repair.ts';
import type { PlaceOf } from '../setting.ts';
import type { Source } from '../source.ts';
import { clientOf, type KnownCall, optionsOfMethod } from './clients.ts';
import { importedInstance } from './instances.ts';
import { isLimited, literalOf, nodeArguments, type Wait, waitOf, waitsForEver } from './settings.ts';
import { hostOf, targetOf } from './targets.ts';
import { waitOfNode, waitToldLater } from './told-later.ts';

/** States calls over the network and whether anything ends them. */
export function readNetworkCalls(source: Source, placeOf: PlaceOf): readonly NetworkCall[] {
  const { tree } = source;
  const axiosDefault = /axios\.defaults(?:\.\w+)?\s*\.?\s*timeout|setGlobalDispatcher/.test(tree.text);
  return tree.of('CallExpression').flatMap((call) => {
    const known = clientOf(source, call);
    if (!known) return throughImport(source, placeOf, call);
    const [first] = call.arguments;
    if (!first || first.type === 'SpreadElement') return [];
    const { options, address, target } = partsOf(source, call, known);
    const place = { ...placeOf(call), endLine: call.callee.loc.end.line };
    const told = axiosDefault || known.instance ? 'default' : waitFor(source, call, known, options);
    const timeout = told === 'none' && isLimited(source, call) ? 'given' : told;
    const repair = timeout === 'none' ? repairOf(source, call, known, options, place.endLine) : undefined;
    return [
      {
        ...place,
        client: known.client,
        timeout,
        target: target ?? (address ? targetOf(source, address) : 'unknown'),
        fate: fateOf(call),
        ...(known.waits === undefined ? {} : { waits: known.waits }),
        ...(repair ? { repair } : {}),
      },
    ];
  });
}

interface Parts {
  readonly options: Node | undefined;
  readonly address: Node | undefined;
  readonly target?: NetworkCall['target'];
}

function partsOf(source: Source, call: TSESTree.CallExpression, { client, options }: KnownCall): Parts {
  const [first] = call.arguments;
  if (options === 'node') {
    const { options: object, address, opaque } = nodeArguments(source, call);
    const parts = { options: opaque ? call.arguments[1] : object, address };
    const host = propertyOf(object, 'hostname') ?? propertyOf(object, 'host');
    return host && address === host ? { ...parts, target: hostOf(source, host) } : parts;
  }
  if (options === 'chain') return { options: undefined, address: first };
  // `needle('post', url, data, options)`.
  if (client === 'needle' && call.callee.type === 'Identifier')
    return {
      options: call.arguments[/get|head/i.test(first ? source.tree.text.slice(...first.range) : '') ? 2 : 3],
      address: call.arguments[1],
    };
  // `axios({ url, method })`, `axios.request({ url })`: one object holds it all.
  const whole = first && literalOf(source, first);
  return whole
    ? { options: whole, address: propertyOf(whole, 'url') ?? propertyOf(whole, 'baseURL') }
    : { options: call.arguments[options], address: first };
}

function waitFor(
  source: Source,
  call: TSESTree.CallExpression,
  known: KnownCall,
  options: Node | undefined,
): NetworkCall['timeout'] {
  if (call.arguments.some((argument) => argument.type === 'SpreadElement')) return 'unknown';
  const [first] = call.arguments;
  // `fetch(new Request(url, options))`.
  if (first?.type === 'NewExpression' && simpleName(first.callee) === 'Request') return 'unknown';
  // `axios(config)`: whoever made the object may have set one.
  if (options === undefined && first && isConfiguration(first)) return 'unknown';
  if (known.options === 'chain') return waitToldLater(source, call);
  const wait: Wait = waitOf(source, options);
  if (known.client === 'ky') return wait === 'none' && !waitsForEver(options) ? 'default' : wait;
  return known.client === 'http' ? waitOfNode(source, call, options, wait) : wait;
}

function isConfiguration(node: Node): boolean {
  return node.type === 'Identifier' && /(?:config|configuration|options|opts|request|init)$/i.test(node.name);
}

/** `api.get(…)` where `api` is an instance that another file makes without a timeout. */
function throughImport(source: Source, placeOf: PlaceOf, call: TSESTree.CallExpression): readonly NetworkCall[] {
  const { text, from, module } = source.originOf(call.callee);
  if (from !== 'import' || module === undefined || !isOfProject(module) || !text.startsWith(module)) return [];
  const path = text.slice(module.length).split('.').filter(Boolean);
  const method = call.callee.type === 'MemberExpression' ? propertyName(call.callee) : undefined;
  const position = optionsOfMethod(method);
  if (position === undefined || path.length > 2) return [];
  const instance = importedInstance(source, module, (method === undefined ? path[0] : path.at(-2)) ?? 'default');
  if (!instance || instance.changed) return [];
  const own = waitOf(source, call.arguments[position]);
  return [
    {
      ...placeOf(call),
      endLine: call.callee.loc.end.line,
      client: instance.client,
      timeout: own !== 'none' ? own : instance.wait === 'none' && !isLimited(source, call) ? 'none' : 'default',
      target: 'configured',
      fate: fateOf(call),
      madeAt: { path: instance.path, line: instance.line },
    },
  ];
}

function repairOf(
  source: Source,
  call: TSESTree.CallExpression,
  { options: position, remedy }: KnownCall,
  options: Node | undefined,
  endLine: number,
): Fix | undefined {
  if (position === 'chain')
    return repaired(source.tree, call, endLine, [{ at: call.range[1], text: `.timeout(${remedy})` }]);
  if (options?.type === 'ObjectExpression')
    return propertyOf(options, 'timeout')
      ? undefined
      : repaired(source.tree, call, endLine, [withProperty(options, remedy)]);
  if (position === 'node' || options !== undefined) return undefined;
  return repaired(source.tree, call, endLine, [withArgument(call, position, `{ ${remedy} }`)]);
}
