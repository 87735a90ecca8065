#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow::testing {

struct raw_answer {
  int status = 0;
  std::string head;
  std::string body;
};

/// Whether a head has exactly this line.
bool has_header(const raw_answer& answer, std::string_view line);

/// A client that sends any bytes and shows what comes back, with blocking calls. Nothing waits
/// longer than a minute.
class raw_client {
public:
  explicit raw_client(std::uint16_t port, int receive_buffer_bytes = 0);
  ~raw_client();

  raw_client(raw_client&&) noexcept;
  raw_client& operator=(raw_client&&) noexcept;

  /// False when the other side has closed.
  bool send(std::string_view bytes);

  void finish_sending();

  /// The next answer; nullopt when the connection ended before it was whole.
  std::optional<raw_answer> receive(bool has_body = true);

  /// The next chunk of a chunked body, empty at its end; nullopt when the connection ended before.
  std::optional<std::string> receive_chunk();

  /// Everything until the other side closes.
  std::string receive_all();

  /// Waits, without reading, until the server has ended the connection.
  bool wait_for_end();

  bool is_closed_by_server();

private:
  bool receive_some();

  struct connection;
  std::unique_ptr<connection> connection_;
  std::string received_;
};

} // namespace polar_flow::testing
