import type { Explanation } from '../../api/protocol';

/** What the query that ran reads. */
export function BasedOn({ explanation }: { explanation: Explanation }) {
  const groups = [
    { name: 'Tables', entries: explanation.tables },
    { name: 'Columns', entries: explanation.columns },
    { name: 'Values', entries: explanation.values },
  ].filter((group) => group.entries.length > 0);
  return (
    <dl className="based-on">
      {groups.map((group) => (
        <div key={group.name}>
          <dt>{group.name}</dt>
          {group.entries.map((entry, index) => (
            <dd key={index} className="chip mono">
              {entry}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
