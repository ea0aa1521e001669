// A small music database with cells, linked: what the linker's tests ask questions of.
#pragma once

#include <memory>

#include "fake_database.hpp"
#include "idi/link/linker.hpp"

namespace idi::link::testing {

inline Schema music_schema() {
  Schema schema;
  schema.name = "music";
  schema.tables = {
      table("singer", {column("singer_id", ColumnType::number), column("fname"), column("country"),
                       column("sex"), column("age", ColumnType::number), column("on_tour")}),
      table("concert",
            {column("concert_id", ColumnType::number), column("concertname"),
             column("start_date", ColumnType::time), column("singer_id", ColumnType::number)}),
      table("venue", {column("venue_id", ColumnType::number), column("telephone"),
                      column("capacity", ColumnType::number)})};
  for (Table& each : schema.tables) each.columns.front().primary_key = true;
  schema.foreign_keys = {{{1, 3}, {0, 0}}};
  return schema;
}

inline FakeDatabase::Cells music_cells() {
  return {{{0, 1}, {"Anna", "Bob", "New York Bob"}},
          {{0, 2}, {"France", "USA", "Germany"}},
          {{0, 3}, {"F", "M"}},
          {{0, 5}, {"Y", "N"}},
          {{1, 1}, {"Summer Night", "Home Visits"}},
          {{2, 1}, {"555-1234"}}};
}

inline std::shared_ptr<const WordNet> installed_wordnet() {
  auto opened = WordNet::open();
  return opened ? *opened : WordNet::none();
}

inline std::shared_ptr<const Linker> music_linker() {
  FakeDatabase database(music_cells());
  const auto wordnet = installed_wordnet();
  const auto values = ValueIndex::open_or_build(database, music_schema(), {}, {}, {}, wordnet);
  const auto calendar = temporal::Calendar::fixed("2023-05-17");
  return Linker::make(music_schema(), values ? *values : nullptr, wordnet, *calendar);
}

}  // namespace idi::link::testing
