// HTTPS and secure WebSockets with certificates made here by the openssl program.
#include <gmock/gmock.h>
#include <unistd.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "raw_client.hpp"
#include "test_application.hpp"

namespace idi::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using testing::HasSubstr;

class TlsTest : public ServerTest {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = (std::filesystem::temp_directory_path() / "idi-tls-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -keyout key.pem -out "
        "certificate.pem");
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out other.pem");
    openssl("pkey -in key.pem -aes256 -passout pass:secret -out locked.pem");
    std::ofstream(folder_ / "garbage.pem") << "-----BEGIN NOTHING-----\n";
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }

  static void openssl(const std::string& arguments) {
    const std::string command =
        "cd '" + folder_.string() + "' && openssl " + arguments + " 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }

  void start_tls() {
    options_.certificate = folder_ / "certificate.pem";
    options_.private_key = folder_ / "key.pem";
    start();
  }
  Error start_error(const char* certificate, const char* key) {
    options_.certificate = *certificate ? folder_ / certificate : std::filesystem::path();
    options_.private_key = *key ? folder_ / key : std::filesystem::path();
    auto started = Server::start(options_, application_);
    EXPECT_FALSE(started);
    return started ? Error{} : started.error();
  }
  asio::ssl::context trusting() const {
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.load_verify_file((folder_ / "certificate.pem").string());
    context.set_verify_mode(asio::ssl::verify_peer);
    return context;
  }

  static inline std::filesystem::path folder_;
};

TEST_F(TlsTest, ServesRequestsAndSockets) {
  start_tls();
  EXPECT_EQ(server_->url(), "https://127.0.0.1:" + std::to_string(port()));
  asio::io_context io;
  auto context = trusting();
  asio::ssl::stream<tcp::socket> client(io, context);
  client.next_layer().connect({asio::ip::address_v4::loopback(), port()});
  client.handshake(asio::ssl::stream_base::client);
  beast::flat_buffer buffer;
  for (int i = 0; i < 3; ++i) {
    beast::http::request<beast::http::string_body> request(beast::http::verb::post, "/x", 11);
    request.set(beast::http::field::host, "localhost");
    request.set(beast::http::field::origin, "https://localhost");
    request.body() = std::string(100'000, 'a');
    request.prepare_payload();
    beast::http::write(client, request);
    beast::http::response<beast::http::string_body> response;
    beast::http::read(client, buffer, response);
    EXPECT_EQ(response.result_int(), 200);
    EXPECT_EQ(response.body(), "POST /x body=" + std::string(100'000, 'a'));
  }
  beast::error_code error;
  client.shutdown(error);
  EXPECT_FALSE(error) << error.message();
  EXPECT_TRUE(wait_for_connections(0));

  beast::websocket::stream<asio::ssl::stream<tcp::socket>> socket(io, context);
  socket.next_layer().next_layer().connect({asio::ip::address_v4::loopback(), port()});
  socket.next_layer().handshake(asio::ssl::stream_base::client);
  socket.handshake("localhost", "/ws");
  socket.write(asio::buffer(std::string("echo secret")));
  beast::flat_buffer message;
  socket.read(message);
  EXPECT_EQ(beast::buffers_to_string(message.data()), "secret");
  socket.close(beast::websocket::close_code::normal);
  EXPECT_TRUE(application_->listener()->closed.wait());
}

TEST_F(TlsTest, LeavingIsNoticed) {
  Signal gone;
  std::shared_ptr<Exchange> kept;
  application_->handle("/wait", [&](const Request&, std::shared_ptr<Exchange> exchange) {
    exchange->on_gone([&] { gone.raise(); });
    kept = std::move(exchange);
  });
  start_tls();
  asio::io_context io;
  auto context = trusting();
  {
    asio::ssl::stream<tcp::socket> client(io, context);
    client.next_layer().connect({asio::ip::address_v4::loopback(), port()});
    client.handshake(asio::ssl::stream_base::client);
    asio::write(client, asio::buffer(get_request("/wait")));
    EXPECT_TRUE(eventually([&] { return application_->request_count() == 1; }));
  }
  EXPECT_TRUE(gone.wait());
  kept.reset();
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(TlsTest, OldVersionsAreRefused) {
  start_tls();
  asio::io_context io;
  auto context = trusting();
  SSL_CTX_set_max_proto_version(context.native_handle(), TLS1_1_VERSION);
  SSL_CTX_set_security_level(context.native_handle(), 0);
  asio::ssl::stream<tcp::socket> client(io, context);
  client.next_layer().connect({asio::ip::address_v4::loopback(), port()});
  beast::error_code error;
  client.handshake(asio::ssl::stream_base::client, error);
  EXPECT_TRUE(error);
  client.next_layer().close();
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(TlsTest, PlainHttpIsToldSo) {
  start_tls();
  RawClient client(port());
  const RawResponse response = client.get("/x");
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("https://"));
  EXPECT_EQ(client.until_close(), "");
  EXPECT_EQ(application_->request_count(), 0);
}

TEST_F(TlsTest, BrokenAndSlowHandshakesEnd) {
  options_.limits.header_timeout_ms = 200;
  start_tls();
  RawClient silent(port());
  RawClient half(port());
  half.send("\x16\x03\x01");
  RawClient garbage(port());
  garbage.send(std::string("\x16\x03\x01\x00\x05garbage", 12));
  EXPECT_EQ(silent.until_close(), "");
  EXPECT_EQ(half.until_close(), "");
  EXPECT_TRUE(garbage.until_close());
  EXPECT_TRUE(wait_for_connections(0));
}

TEST_F(TlsTest, AnOriginOfThePlainSchemeIsForeign) {
  start_tls();
  asio::io_context io;
  auto context = trusting();
  asio::ssl::stream<tcp::socket> client(io, context);
  client.next_layer().connect({asio::ip::address_v4::loopback(), port()});
  client.handshake(asio::ssl::stream_base::client);
  asio::write(client, asio::buffer(post_request("/x", "", "Origin: http://localhost\r\n")));
  beast::flat_buffer buffer;
  beast::http::response<beast::http::string_body> response;
  beast::http::read(client, buffer, response);
  EXPECT_EQ(response.result_int(), 403);
}

TEST_F(TlsTest, UnusableFilesAreExplained) {
  EXPECT_EQ(start_error("certificate.pem", "").code, ErrorCode::invalid_argument);
  EXPECT_EQ(start_error("", "key.pem").code, ErrorCode::invalid_argument);
  EXPECT_EQ(start_error("missing.pem", "key.pem").code, ErrorCode::not_found);
  EXPECT_EQ(start_error("certificate.pem", "missing.pem").code, ErrorCode::not_found);
  EXPECT_EQ(start_error(".", "key.pem").code, ErrorCode::invalid_argument);
  EXPECT_THAT(start_error("garbage.pem", "key.pem").message, HasSubstr("no usable certificate"));
  EXPECT_THAT(start_error("key.pem", "key.pem").message, HasSubstr("no usable certificate"));
  EXPECT_THAT(start_error("certificate.pem", "garbage.pem").message, HasSubstr("no usable key"));
  EXPECT_THAT(start_error("certificate.pem", "other.pem").message, HasSubstr("does not belong"));
  EXPECT_THAT(start_error("certificate.pem", "locked.pem").message, HasSubstr("passphrase"));
  if (geteuid() != 0) {
    std::filesystem::permissions(folder_ / "other.pem", std::filesystem::perms::none);
    EXPECT_EQ(start_error("certificate.pem", "other.pem").code, ErrorCode::unreadable);
  }
}

}  // namespace
}  // namespace idi::http
