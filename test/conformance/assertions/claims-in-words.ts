import { claimsOf, SUITES, type Suite } from './claims.ts';

const BEGIN = '<!-- claims: written by npm run conformance -->';
const END = '<!-- end of claims -->';

/** The document with the tables of all claims put where its marks are. @throws Error when a mark is missing */
export function writeClaims(document: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The marks "${BEGIN}" and "${END}" are missing`);
  return `${document.slice(0, begin + BEGIN.length)}\n${SUITES.map(tableOf).join('\n')}\n${document.slice(end)}`;
}

function tableOf(suite: Suite): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const rows = Object.entries(suite.claimed).map(
    ([group, names]) => `| ${group} | ${names.length} | ${code(names)} |`,
  );
  const left = suite.notClaimed.map(({ assertions, because }) => `- ${code(assertions)}: ${because}.`);
  return `
### ${suite.title}: ${claimsOf(suite).length} assertions of ${suite.id} pass

Names of revision ${suite.revision}.

| part of the suite | pass | assertions |
|---|---|---|
${rows.join('\n')}
${left.length > 0 ? `\nNot claimed:\n${left.join('\n')}\n` : ''}`;
}
