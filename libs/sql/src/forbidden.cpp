#include "forbidden.hpp"

#include <algorithm>
#include <span>

namespace idi::sql {
namespace {

using Names = std::span<const std::string_view>;

bool contains(Names names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}
bool has_prefix(Names prefixes, std::string_view name) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

constexpr std::string_view sqlite_functions[] = {
    "load_extension", "readfile", "writefile", "edit",       "fts3_tokenizer",
    "fsdir",          "eval",     "lsdir",     "sha3_query", "sqlite_dbpage"};
constexpr std::string_view sqlite_prefixes[] = {"pragma_"};

constexpr std::string_view postgres_functions[] = {"set_config",   "nextval",
                                                   "setval",       "ts_stat",
                                                   "ts_rewrite",   "connectby",
                                                   "copy_from",    "query_to_xml",
                                                   "table_to_xml", "cursor_to_xml",
                                                   "lowrite",      "loread",
                                                   "txid_current", "cursor_to_xmlschema"};
// pg_read_file, pg_sleep, pg_terminate_backend, pg_advisory_lock, lo_import, dblink_exec, …
constexpr std::string_view postgres_prefixes[] = {
    "pg_",          "lo_",           "dblink",          "query_to_xml",
    "table_to_xml", "schema_to_xml", "database_to_xml", "crosstab",
    "http",         "file_",         "postgres_fdw_"};
constexpr std::string_view postgres_harmless[] = {"pg_typeof", "pg_size_pretty", "pg_column_size"};

constexpr std::string_view mysql_functions[] = {"load_file",
                                                "sleep",
                                                "benchmark",
                                                "get_lock",
                                                "release_lock",
                                                "release_all_locks",
                                                "is_free_lock",
                                                "is_used_lock",
                                                "master_pos_wait",
                                                "source_pos_wait",
                                                "wait_for_executed_gtid_set",
                                                "wait_until_sql_thread_after_gtids",
                                                "nextval",
                                                "setval",
                                                "lastval"};
constexpr std::string_view mysql_prefixes[] = {"sys_", "lib_mysqludf"};

constexpr std::string_view words[] = {"insert", "update", "delete",   "merge",    "create",
                                      "drop",   "alter",  "truncate", "grant",    "revoke",
                                      "attach", "detach", "pragma",   "vacuum",   "reindex",
                                      "copy",   "into",   "outfile",  "dumpfile", "infile"};

constexpr std::string_view postgres_relations[] = {
    "pg_authid",        "pg_shadow",         "pg_largeobject",   "pg_user_mapping",
    "pg_user_mappings", "pg_hba_file_rules", "pg_file_settings", "pg_subscription"};
constexpr std::string_view mysql_relations[] = {"mysql"};

}  // namespace

bool is_forbidden_function(std::string_view name, Dialect dialect) {
  switch (dialect) {
    case Dialect::sqlite:
      return contains(sqlite_functions, name) || has_prefix(sqlite_prefixes, name);
    case Dialect::postgres:
      if (contains(postgres_harmless, name)) return false;
      return contains(postgres_functions, name) || has_prefix(postgres_prefixes, name);
    case Dialect::mysql:
      return contains(mysql_functions, name) || has_prefix(mysql_prefixes, name);
  }
  return true;
}

bool is_forbidden_word(std::string_view word) { return contains(words, word); }

bool is_forbidden_relation(std::string_view name, Dialect dialect) {
  if (dialect == Dialect::postgres) return contains(postgres_relations, name);
  return dialect == Dialect::mysql && contains(mysql_relations, name);
}

}  // namespace idi::sql
