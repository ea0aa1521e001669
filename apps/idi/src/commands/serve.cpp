#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "commands.hpp"
#include "embedded_page.hpp"
#include "exit_codes.hpp"
#include "idi/api/api.hpp"
#include "idi/http/server.hpp"
#include "idi/session/session_store.hpp"
#include "listen_address.hpp"
#include "opening.hpp"
#include "output.hpp"
#include "paths.hpp"
#include "progress_line.hpp"
#include "version.hpp"

namespace idi::cli {
namespace {

/// One file per database, so that two servers of one user do not meet.
std::filesystem::path session_file(const std::string& database_address) {
  std::error_code error;
  const auto colon = database_address.find(':');
  std::filesystem::path file = database_address.substr(colon == std::string::npos ? 0 : colon + 1);
  const auto absolute = std::filesystem::weakly_canonical(file, error);
  if (!error) file = absolute;
  return data_directory() / "sessions" /
         fmt::format("{}-{:016x}.sqlite", file.stem().string(),
                     std::hash<std::string>{}(file.string()));
}

Result<std::shared_ptr<session::SessionStore>> open_sessions(const ServeOptions& options) {
  session::SqliteStoreOptions store;
  store.file = options.sessions;
  if (store.file.empty()) {
    if (data_directory().empty()) {
      return make_error(ErrorCode::io_failed, "there is no home directory to keep sessions in",
                        "Name a file with --sessions.");
    }
    IDI_TRY(const auto address, database_address(options.source.database));
    store.file = session_file(address);
  }
  IDI_TRY(auto opened, session::open_sqlite_store(store));
  return std::shared_ptr<session::SessionStore>(std::move(opened));
}

/// The address said; if none was said and the usual port is taken, any free port.
Result<std::unique_ptr<http::Server>> start_server(const ServeOptions& options,
                                                   const ListenAddress& listen,
                                                   std::shared_ptr<api::Api> api) {
  http::ServerOptions server;
  server.address = listen.address;
  server.port = listen.port;
  server.certificate = options.certificate;
  server.private_key = options.private_key;
  server.host_names = options.host_names;
  auto started = http::Server::start(server, api);
  if (!started && started.error().code == ErrorCode::conflict && !options.listen) {
    print_warning(fmt::format("port {} is taken; another free one is used", server.port));
    server.port = 0;
    started = http::Server::start(server, std::move(api));
  }
  return started;
}

struct Serving {
  std::shared_ptr<api::Api> api;
  std::unique_ptr<http::Server> server;
};

Result<Serving> start(const ServeOptions& options, ProgressLine& progress,
                      const std::stop_token& stop) {
  IDI_TRY(const ListenAddress listen,
          parse_listen_address(options.listen.value_or("127.0.0.1:8080")));
  progress.show("Opening the database");
  const int workers = options.workers > 0
                          ? options.workers
                          : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  IDI_TRY(auto opened, open_to_stay(options.source, workers, stop));
  for (const auto& warning : opened.warnings) print_warning(warning);
  api::ApiParts parts;
  parts.source = std::move(opened.source);
  parts.engines = std::move(opened.engines);
  IDI_TRY(parts.sessions, open_sessions(options));
  parts.page = embedded_page();
  parts.version = program_version;
  parts.openapi = embedded_openapi();
  parts.schema = embedded_message_schema();
  parts.limits.workers = workers;
  parts.limits.max_rows = options.max_rows;
  parts.limits.question_timeout_ms = static_cast<std::int64_t>(options.timeout_s * 1000);
  if (parts.page.empty())
    print_warning("this program was built without the page: only the API is served");
  Serving serving;
  IDI_TRY(serving.api, api::Api::open(std::move(parts)));
  IDI_TRY(serving.server, start_server(options, listen, serving.api));
  serving.api->set_connection_counter(
      [server = serving.server.get()] { return server->connection_count(); });
  if (!is_loopback(listen.address)) {
    print_warning(fmt::format(
        "whoever reaches {} can read this database: there is no login{}", serving.server->url(),
        options.certificate.empty() ? ", and without --certificate nothing is encrypted" : ""));
  }
  return serving;
}

void wait_for(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait(lock, stop, [] { return false; });
}

}  // namespace

int run_serve(const ServeOptions& options, Interrupt& interrupt) {
  constexpr std::chrono::milliseconds patience{7'000};  // more than the server's own
  const std::stop_token stop = interrupt.begin(patience);
  ProgressLine progress(traits_of(STDOUT_FILENO).is_terminal);
  auto serving = start(options, progress, stop);
  progress.erase();
  if (!serving) {
    print_error(serving.error());
    return exit_code_of(serving.error().code);
  }
  Output out(stdout);
  out.write(fmt::format("IDI answers at {}\nCtrl-C ends it.\n", serving->server->url()));
  if (const auto written = out.finish(); !written) print_error(written.error());
  wait_for(stop);
  serving->api->stop();
  serving->server->shut_down();
  serving->server->wait();
  interrupt.end();
  return exit_ok;
}

}  // namespace idi::cli
