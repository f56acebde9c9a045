import { loadModule, parseSync } from 'libpg-query';
import type { SchemaChange } from '../sql.ts';
import { columnDefault } from './postgres-default.ts';
import { drop } from './postgres-drop.ts';
import { lastName, lower, nameOf } from './postgres-names.ts';
import type { Draft, Node } from './postgres-node.ts';
import { placesOf, type Statement } from './split.ts';

// PostgreSQL's own grammar as WebAssembly: eight milliseconds, once, before anybody can ask for a synchronous parse.
await loadModule();

/**
 * What one PostgreSQL statement does.
 *
 * @throws SqlError when it is not PostgreSQL
 */
export function readPostgres(statement: Statement): Draft[] {
  const { stmts } = parseSync(statement.text) as { stmts?: { stmt: Node }[] };
  return (stmts ?? []).flatMap(({ stmt }) => {
    const [kind, node] = Object.entries(stmt)[0] ?? ['', {}];
    return read(kind, node as Node, statement);
  });
}

function read(kind: string, node: Node, at: Statement): Draft[] {
  const place = { line: at.line, endLine: at.endLine, columns: [] as readonly string[] };
  const table = nameOf(node.relation);
  switch (kind) {
    case 'CreateStmt':
      return createTable(node, at);
    case 'CreateTableAsStmt':
      return [{ ...place, op: 'create-table', table: nameOf(node.into?.rel), keyed: true }];
    case 'AlterTableStmt':
      return alterTable(node, at);
    case 'RenameStmt':
      if (node.renameType === 'OBJECT_COLUMN' && node.relationType === 'OBJECT_TABLE')
        return [{ ...place, op: 'rename-column', table, columns: [lower(node.subname)] }];
      if (node.renameType === 'OBJECT_TABLE')
        return [{ ...place, op: 'rename-table', table, name: lower(node.newname) }];
      return [];
    case 'IndexStmt': {
      const columns = (node.indexParams ?? []).map((p: Node) => lower(p.IndexElem?.name ?? ''));
      const index = {
        name: lower(node.idxname ?? ''),
        columns,
        unique: node.unique === true,
        online: node.concurrent === true,
      };
      return [{ ...place, ...index, op: 'create-index', table, where: node.whereClause !== undefined }];
    }
    case 'ReindexStmt':
      return [{ ...place, op: 'reindex', table, online: hasOption(node.params, 'concurrently') }];
    case 'RefreshMatViewStmt':
      return [{ ...place, op: 'refresh-view', table, online: node.concurrent === true || node.skipData === true }];
    case 'VacuumStmt':
      return hasOption(node.options, 'full') ? [{ ...place, op: 'rewrite-table', name: 'VACUUM FULL' }] : [];
    case 'ClusterStmt':
      return [{ ...place, op: 'rewrite-table', table, name: 'CLUSTER' }];
    case 'ViewStmt':
      return [{ ...place, op: 'create-object', name: nameOf(node.view) ?? '' }];
    case 'CreateFunctionStmt':
      return [{ ...place, op: 'create-object', name: lastName(node.funcname) }];
    case 'DropStmt':
      return drop(node, place);
    case 'DropdbStmt':
      return [{ ...place, op: 'drop-database', name: node.dbname }];
    case 'TruncateStmt':
      return (node.relations ?? []).map((r: Node) => ({
        ...place,
        op: 'truncate',
        table: nameOf(r.RangeVar),
        cascade: node.behavior === 'DROP_CASCADE',
      }));
    case 'UpdateStmt':
    case 'DeleteStmt': {
      const op = kind === 'UpdateStmt' ? 'update' : 'delete';
      return [{ ...place, op, table, where: node.whereClause !== undefined }];
    }
    case 'CreateDomainStmt':
      return node.constraints?.length ? [{ ...place, op: 'domain-constraint' }] : [];
    case 'AlterDomainStmt':
      return node.subtype === 'AD_AddConstraint' || node.subtype === 'C'
        ? [{ ...place, op: 'domain-constraint', notValid: node.def?.Constraint?.skip_validation === true }]
        : [];
    case 'VariableSetStmt':
      return /^(?:\w+\.)?(?:lock|statement)_timeout$/i.test(node.name ?? '') && node.kind === 'VAR_SET_VALUE'
        ? [{ ...place, op: 'set-timeout', name: lower(node.name) }]
        : [];
    case 'TransactionStmt':
      if (/BEGIN|START/.test(node.kind)) return [{ ...place, op: 'begin' }];
      return /COMMIT|ROLLBACK$/.test(node.kind) ? [{ ...place, op: 'commit' }] : [];
    default:
      return [{ ...place, op: 'other', table }];
  }
}

function createTable(node: Node, at: Statement): Draft[] {
  const table = nameOf(node.relation);
  const place = { line: at.line, endLine: at.endLine };
  const temporary = node.relation?.relpersistence === 't';
  const out: Draft[] = [];
  let keyed = node.inhRelations !== undefined || node.partbound !== undefined || node.ofTypename !== undefined;
  const elements: Node[] = node.tableElts ?? [];
  const places = placesOf(
    at,
    elements.map((element) => element.ColumnDef?.location ?? element.Constraint?.location),
  );
  for (const [i, element] of elements.entries()) {
    const where = places[i] ?? at;
    if (element.TableLikeClause) keyed = true;
    const constraints: Node[] = element.ColumnDef
      ? (element.ColumnDef.constraints ?? []).map((c: Node) => c.Constraint)
      : element.Constraint
        ? [element.Constraint]
        : [];
    const column = element.ColumnDef && lower(element.ColumnDef.colname);
    for (const constraint of constraints) {
      const draft = constraintDraft(constraint, table, where, column);
      if (draft.constraint === 'primary-key') keyed = true;
      if (draft.constraint && draft.constraint !== 'check') out.push({ ...draft, temporary });
    }
    if (element.ColumnDef) out.push({ ...addColumn(element.ColumnDef, table, where), temporary });
  }
  return [{ ...place, op: 'create-table', table, columns: [], keyed, temporary }, ...out];
}

function alterTable(node: Node, at: Statement): Draft[] {
  if (node.objtype && node.objtype !== 'OBJECT_TABLE') return [];
  const table = nameOf(node.relation);
  const cmds: Node[] = (node.cmds ?? []).map((c: Node) => c.AlterTableCmd);
  return cmds.flatMap((cmd, i): Draft[] => {
    const where = (cmds.length === at.parts.length && at.parts[i]) || at;
    const place = { line: where.line, endLine: where.endLine, table };
    const column = { columns: [lower(cmd.name ?? '')] };
    switch (cmd.subtype) {
      case 'AT_AddColumn': {
        const def = cmd.def.ColumnDef;
        const added = addColumn(def, table, where);
        const own: Draft[] = (def.constraints ?? [])
          .map((c: Node) => constraintDraft(c.Constraint, table, where, lower(def.colname)))
          .filter((d: Draft) => d.constraint && !['check', 'not-null'].includes(d.constraint))
          // A column that is null everywhere has no key to look up: PostgreSQL skips the check (transformFKConstraints).
          .map((d: Draft) =>
            d.constraint === 'foreign-key' && added.default === 'none' ? { ...d, notValid: true } : d,
          );
        return [added, ...own];
      }
      case 'AT_DropColumn':
        return [{ ...place, ...column, op: 'drop-column' as const }];
      case 'AT_SetNotNull':
        return [{ ...place, ...column, op: 'set-not-null' as const }];
      case 'AT_AlterColumnType':
        return [
          {
            ...place,
            ...column,
            op: 'change-type' as const,
            type: typeOf(cmd.def?.ColumnDef?.typeName),
            converts: cmd.def?.ColumnDef?.raw_default !== undefined,
          },
        ];
      case 'AT_AddConstraint':
        return [constraintDraft(cmd.def.Constraint, table, where)];
      case 'AT_DetachPartition':
        return [
          {
            ...place,
            columns: [],
            op: 'detach-partition' as const,
            online: cmd.def?.PartitionCmd?.concurrent === true,
          },
        ];
      case 'AT_SetLogged':
      case 'AT_SetUnLogged':
      case 'AT_SetTableSpace':
      case 'AT_SetAccessMethod':
        return [{ ...place, columns: [], op: 'rewrite-table' as const, name: 'ALTER TABLE … SET' }];
      case 'AT_ValidateConstraint':
      case 'AT_DetachPartitionFinalize':
        return [{ ...place, columns: [], op: 'other' as const, online: true }];
      default:
        return [{ ...place, columns: [], op: 'other' as const }];
    }
  });
}

function addColumn(def: Node, table: string | undefined, where: { line: number; endLine: number }): Draft {
  const constraints: Node[] = (def.constraints ?? []).map((c: Node) => c.Constraint);
  const type = typeOf(def.typeName);
  const notNull = constraints.some((c) => c.contype === 'CONSTR_NOTNULL' || c.contype === 'CONSTR_PRIMARY');
  return {
    op: 'add-column',
    line: where.line,
    endLine: where.endLine,
    table,
    columns: [lower(def.colname ?? '')],
    type,
    notNull,
    default: columnDefault(type, constraints),
  };
}

const kinds = new Map<string, NonNullable<SchemaChange['constraint']>>([
  ['CONSTR_FOREIGN', 'foreign-key'],
  ['CONSTR_CHECK', 'check'],
  ['CONSTR_UNIQUE', 'unique'],
  ['CONSTR_PRIMARY', 'primary-key'],
  ['CONSTR_NOTNULL', 'not-null'],
  ['CONSTR_EXCLUSION', 'exclusion'],
]);

function constraintDraft(
  node: Node,
  table: string | undefined,
  at: { line: number; endLine: number },
  column?: string,
): Draft {
  const columns = (node.fk_attrs ?? node.keys ?? []).map((k: Node) => lower(k.String?.sval ?? ''));
  return {
    op: 'add-constraint',
    line: at.line,
    endLine: at.endLine,
    table,
    columns: column ? [column] : columns,
    name: lower(node.conname ?? ''),
    constraint: kinds.get(node.contype),
    notValid: node.skip_validation === true || node.is_enforced === false,
    usingIndex: node.indexname !== undefined,
    references: nameOf(node.pktable),
  };
}

function hasOption(options: Node[] | undefined, name: string): boolean {
  return (options ?? []).some((o) => o.DefElem?.defname === name);
}

function typeOf(type: Node | undefined): string {
  const name = lower(type?.names?.at(-1)?.String?.sval ?? '');
  const sizes = ((type?.typmods ?? []) as Node[]).map((mod) => mod.A_Const?.ival?.ival);
  const list = type?.arrayBounds ? '[]' : '';
  // A size of nought is left out of the tree.
  return sizes.length === 0 ? name + list : `${name}(${sizes.map((size) => size ?? 0).join()})${list}`;
}
