import { Command, InvalidArgumentError, Option } from 'commander';

/** What `hindsight review` was asked. */
export interface ReviewOptions {
  readonly repo: string;
  readonly base?: string;
  readonly head?: string;
  readonly batch: boolean;
  readonly format: 'text' | 'json' | 'sarif';
  readonly lessonsUrl: string;
  readonly policy?: string;
}

export interface Commands {
  review(options: ReviewOptions): Promise<number>;
  rules(options: { format: 'text' | 'json' }): Promise<number>;
  baseline(options: { repo: string; base?: string; out: string }): Promise<number>;
  doctor(): Promise<number>;
}

/**
 * The command line's grammar. The commands give the process's exit code: 0 fine, 1 the check would fail, 2 wrong use.
 * Parsing throws a CommanderError, whose words are written by then, where the program is to end without a command.
 */
export function buildProgram(commands: Commands): Command {
  const program = new Command('hindsight')
    .description('Reviews changes of backends for secrets and the ten mistakes that take production down.')
    .showHelpAfterError('Add --help to see what there is.')
    .exitOverride();
  const exit = (code: number) => {
    process.exitCode = code;
  };
  program
    .command('review')
    .description('review a range of a local git repository, or change sets from standard input')
    .option('--repo <dir>', 'the repository', '.')
    .option('--base <ref>', 'what to compare with (default: the merge base with main, master or their remote)')
    .option('--head <ref>', 'what to review (default: the working tree, as far as git tracks it)')
    .option('--batch', 'read change sets as JSON lines on standard input, write one JSON line each', false)
    .option('--policy <file>', 'policy file (default: .github/hindsight.yml of the base)')
    .option('--lessons-url <url>', 'where the lesson pages are', webAddress, 'http://localhost:3000/lessons')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'sarif']).default('text'))
    .action(async (options: ReviewOptions) => exit(await commands.review(options)));
  program
    .command('rules')
    .description('list the rules')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(async (options: { format: 'text' | 'json' }) => exit(await commands.rules(options)));
  program
    .command('baseline')
    .description('write the findings of the whole repository to a baseline file, so that only new ones are reported')
    .option('--repo <dir>', 'the repository', '.')
    .option('--out <file>', 'the baseline file', '.github/hindsight-baseline.json')
    .action(async (options: { repo: string; out: string }) => exit(await commands.baseline(options)));
  program
    .command('doctor')
    .description("compare the App's live permissions and events with app.yml and say what is missing")
    .action(async () => exit(await commands.doctor()));
  return program;
}

function webAddress(value: string): string {
  if (!URL.canParse(value) || !/^https?:/.test(value))
    throw new InvalidArgumentError('must be an http or https address');
  return value.replace(/\/{1,9}$/, '');
}
