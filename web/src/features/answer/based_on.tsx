import type { Explanation } from '../../api/protocol';

/** What the query that ran reads, in plain words. */
export function BasedOn({ explanation }: { explanation: Explanation }) {
  const groups = [
    { name: 'Tables', entries: explanation.tables },
    { name: 'Columns', entries: explanation.columns },
    { name: 'Values', entries: explanation.values },
  ].filter((group) => group.entries.length > 0);
  return (
    <div className="based-on">
      {explanation.text && <p>{explanation.text}</p>}
      {groups.length > 0 && (
        <dl>
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
      )}
    </div>
  );
}
