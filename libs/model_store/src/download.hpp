// A large file from a server that may break off, change its mind, lie or send something else.
//
// States of one file: absent → part [bytes came] → part … → complete [all bytes there, the
// server's sha256 matches]. A part is kept over every error after which a later try could go on,
// and removed after those that say that it is the wrong file.
// 1. A part is only ever added to with bytes of the same file: the server was asked for the rest
//    under the same strong tag, or says the same sha256 as when the part was begun.
// 2. A complete file has as many bytes as the server announced, wherever it announced any.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

#include "idi/http_client/http_client.hpp"
#include "idi/model_store/model_store.hpp"
#include "part_file.hpp"

namespace idi::model_store {

/// How patient a download is.
struct Patience {
  std::chrono::milliseconds first_pause{1'000};  ///< Doubled after every try that brought nothing.
  int fruitless_tries = 5;                       ///< In a row.
  int tries = 200;
  std::int64_t connect_timeout_ms = 15'000;
  std::int64_t silence_timeout_ms = 60'000;
};

/// Until `part` is complete. Returns what the server announced of the file. Errors: as
/// ModelStore::pull.
[[nodiscard]] Result<Announced> download(http_client::HttpClient& client, const std::string& url,
                                         PartFile& part, const Patience& patience,
                                         const OnProgress& on_progress,
                                         const std::stop_token& stop);

}  // namespace idi::model_store
