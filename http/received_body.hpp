#pragma once

#include "http/upload.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional/optional.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace polar_flow::http {

/// A Body in Beast's sense: text in memory, or, where a file was named after the head, that file.
struct received_body {
  struct value_type {
    std::string text;
    /// Where the body goes instead, if not null.
    upload* file = nullptr;
  };

  class reader {
  public:
    template <bool is_request, class Fields>
    reader(boost::beast::http::header<is_request, Fields>&, value_type& body) : body_{body} {
      // nop
    }

    void init(const boost::optional<std::uint64_t>&, boost::system::error_code& problem) {
      problem = {};
    }

    template <class Buffers>
    std::size_t put(const Buffers& buffers, boost::system::error_code& problem) {
      problem = {};
      std::size_t bytes = 0;
      for (const auto buffer : boost::beast::buffers_range_ref(buffers)) {
        const std::string_view piece{static_cast<const char*>(buffer.data()), buffer.size()};
        if (body_.file == nullptr)
          body_.text += piece;
        else if (!body_.file->append(piece))
          problem = make_error_code(boost::system::errc::no_space_on_device);
        bytes += piece.size();
      }
      return bytes;
    }

    void finish(boost::system::error_code& problem) {
      problem = {};
    }

  private:
    value_type& body_;
  };
};

} // namespace polar_flow::http
