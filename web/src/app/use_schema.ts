import { useCallback, useEffect, useState } from 'react';
import { loadSchema } from '../api/actions/load_schema';
import { problemOf } from '../api/http';
import type { Error as ProtocolError, Schema } from '../api/protocol';

export function useSchema() {
  const [schema, setSchema] = useState<Schema | undefined>(undefined);
  const [error, setError] = useState<ProtocolError | undefined>(undefined);
  const load = useCallback(async () => {
    try {
      setSchema(await loadSchema());
      setError(undefined);
    } catch (thrown) {
      setError(problemOf(thrown));
    }
  }, []);
  useEffect(() => {
    void load();
  }, [load]);
  return { schema, error, retry: useCallback(() => void load(), [load]) };
}
