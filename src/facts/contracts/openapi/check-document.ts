import type { SourceFile } from '../../../review/types.ts';
import type { Documents } from '../documents.ts';
import { type ParsedText, parseTree } from '../parse-tree.ts';
import type { Tree } from '../tree.ts';
import type { PlacedProblem } from './change.ts';
import type { Check } from './check.ts';
import { checkExamples } from './check-examples.ts';
import { checkOperations } from './check-operations.ts';
import { checkReferences } from './check-references.ts';
import { checkSchemas } from './check-schemas.ts';
import { checkStructure } from './check-structure.ts';
import { versionOf } from './contract-view.ts';

const maxProblems = 200;

/**
 * States the mistakes of a document itself, whatever it was before: syntax, structure, references, paths, parameters,
 * responses, schemas, examples. Problems in other files of the document are stated when those files change.
 */
export function checkDocument(
  documents: Documents,
  root: string,
  parsed: ParsedText | undefined,
  file: SourceFile,
): PlacedProblem[] {
  const found: PlacedProblem[] = [];
  const own = root === file.path ? parsed : documents.parsed(file.path);
  const errors = own?.errors ?? [];
  const isNew = errors.length > 0 && wasSound(file);
  for (const error of errors) {
    found.push({
      path: file.path,
      rule: 'invalid-contract',
      severity: 'error',
      line: error.line,
      endLine: error.line,
      because: `Here ${error.message}.`,
      // The parser stumbles below the line that is wrong.
      ...(isNew && { anywhere: true }),
    });
  }
  const version = versionOf(parsed?.tree);
  if (!parsed?.tree || version === undefined || !own?.tree) return found;
  const check = (tree: Tree): Check => ({
    documents,
    root: tree,
    version,
    file,
    report(rule, severity, at, because, wholeNode = false) {
      if (found.length >= maxProblems) return;
      found.push({ path: at.path, rule, severity, line: at.line, endLine: wholeNode ? at.endLine : at.line, because });
    },
  });
  const whole = check(parsed.tree);
  checkStructure(whole);
  checkOperations(whole);
  // These look at every map of the file at hand, part of a document or whole.
  const part = check(own.tree);
  checkReferences(part);
  checkSchemas(part);
  checkExamples(part);
  return found;
}

function wasSound({ path, before }: SourceFile): boolean {
  return before === undefined || parseTree(path, before).errors.length === 0;
}
