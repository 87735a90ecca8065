#include "simulator/webhook_client.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/url.hpp>

namespace polar_flow::simulator {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

using tcp = asio::ip::tcp;

constexpr std::size_t header_bytes_max = 64 * 1024;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

http::request<http::string_body> make_message(const http_place& place, outgoing_post call) {
  http::request<http::string_body> message{http::verb::post, place.target, 11};
  message.set(http::field::host, place.host + ":" + place.port);
  message.set(http::field::user_agent, "polar-accesslink-simulator");
  for (const auto& [name, value] : call.headers)
    message.set(name, value);
  message.body() = std::move(call.body);
  message.keep_alive(false);
  message.prepare_payload();
  return message;
}

} // namespace

std::optional<http_place> parse_place(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || parsed->scheme() != "http" || parsed->encoded_host().empty())
    return std::nullopt;
  http_place place;
  // Without the brackets of an IPv6 address, which the resolver does not know.
  place.host = std::string{parsed->host_address()};
  place.port = parsed->has_port() ? std::string{parsed->port()} : "80";
  place.target = std::string{parsed->encoded_path()};
  if (place.target.empty())
    place.target = "/";
  if (parsed->has_query())
    place.target += "?" + std::string{parsed->encoded_query()};
  return place;
}

asio::awaitable<int> call_webhook(outgoing_post call) {
  const auto place = parse_place(call.url);
  if (!place)
    co_return 0;
  const auto executor = co_await asio::this_coro::executor;
  tcp::resolver resolver{executor};
  auto [unresolved, addresses] = co_await resolver.async_resolve(place->host, place->port, quietly);
  if (unresolved)
    co_return 0;
  beast::tcp_stream stream{executor};
  stream.expires_after(webhook_timeout);
  auto [unreached, endpoint] = co_await stream.async_connect(addresses, quietly);
  if (unreached)
    co_return 0;
  const auto message = make_message(*place, std::move(call));
  auto [unsent, sent_bytes] = co_await http::async_write(stream, message, quietly);
  if (unsent)
    co_return 0;
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.header_limit(header_bytes_max);
  parser.body_limit(boost::none);
  // The head is enough: what follows is of no interest and may never end.
  auto [unheard, read_bytes] = co_await http::async_read_header(stream, buffer, parser, quietly);
  co_return unheard ? 0 : static_cast<int>(parser.get().result_int());
}

} // namespace polar_flow::simulator
