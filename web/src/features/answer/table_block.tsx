import { useState } from 'react';
import { loadRows, max_loaded_rows } from '../../api/actions/load_rows';
import { exportAddress } from '../../api/export_address';
import { problemOf } from '../../api/http';
import type { Answer, Results } from '../../api/protocol';
import { Button } from '../../components/button';
import { Menu, MenuLink } from '../../components/menu';
import { useToast } from '../../components/toast';
import { plural } from '../../lib/format_number';
import { fileName } from '../../lib/save_file';
import { ResultTable } from '../table/result_table';

interface TableBlockProps {
  answer: Answer;
  onRows: (results: Results) => void;
}

export function TableBlock({ answer, onRows }: TableBlockProps) {
  const { results, session_id, turn_id } = answer;
  const single = results.rows.length <= 1 && results.columns.length <= 1;
  const [open, setOpen] = useState(!single);
  const [loading, setLoading] = useState(false);
  const show = useToast();
  const title = answer.question || answer.visualization.title || 'result';

  async function loadAll() {
    setLoading(true);
    try {
      onRows(await loadRows(session_id, turn_id));
    } catch (thrown) {
      show({ text: problemOf(thrown).message, bad: true });
    } finally {
      setLoading(false);
    }
  }

  const cut = results.truncated && results.rows.length < max_loaded_rows;
  return (
    <div className="table-block">
      <header className="table-block-head">
        <Button
          look="quiet"
          icon="table"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          title={open ? 'Hide the table' : 'Show the table'}
        >
          {results.truncated ? 'First ' : ''}
          {plural(results.rows.length, 'row')}
        </Button>
        {cut && (
          <Button look="quiet" disabled={loading} onClick={() => void loadAll()}>
            {loading ? 'Loading…' : 'Load all rows'}
          </Button>
        )}
        {results.truncated && !cut && <span className="table-block-note">There are more.</span>}
        <span className="table-block-space" />
        {answer.sql !== '' && (
          <Menu label="Download the table" icon="download">
            {(close) =>
              (['csv', 'json', 'xlsx'] as const).map((format) => (
                <MenuLink
                  key={format}
                  href={exportAddress(session_id, turn_id, format)}
                  download={fileName(title, format)}
                  onSelect={close}
                >
                  {{ csv: 'CSV', json: 'JSON', xlsx: 'Excel (XLSX)' }[format]}
                </MenuLink>
              ))
            }
          </Menu>
        )}
      </header>
      {open && results.columns.length > 0 && <ResultTable results={results} caption={title} />}
    </div>
  );
}
