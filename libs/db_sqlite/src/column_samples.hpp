// A few example values per column, and how many rows there are: a bounded look into the data.
#pragma once

#include <stop_token>

#include "idi/core/deadline.hpp"
#include "idi/core/schema.hpp"
#include "reading_connection.hpp"

namespace idi::db_sqlite {

/// Fills sample_values of the table's columns: the most frequent of the rows looked at, in the
/// order of first appearance. Refines the type of columns whose declared type says nothing or says
/// text while all samples are dates. Stays empty where the data cannot be read in time.
void add_samples(ReadingConnection& reading, const SqliteOptions& options, Deadline deadline,
                 const std::stop_token& stop, Table& table);

/// Exact if counting is quick, else sqlite_stat1's number, else the largest rowid, else none.
void add_row_estimate(ReadingConnection& reading, const SqliteOptions& options, Deadline deadline,
                      const std::stop_token& stop, Table& table);

}  // namespace idi::db_sqlite
