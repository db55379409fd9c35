// What the load client needs of TCP, WebSocket frames (RFC 6455, 5.2) and JSON. Included once.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_CLOSED = 3, EXIT_STALLED = 4 };

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void fail(int code, const char *what, const char *detail) {
    fprintf(stderr, "load: %s: %s\n", what, detail);
    exit(code);
}

static void send_all(int fd, const void *data, size_t n) {
    const char *p = data;
    while (n) {
        ssize_t sent_n = send(fd, p, n, MSG_NOSIGNAL);
        if (sent_n < 0) fail(EXIT_CLOSED, "send", strerror(errno));
        p += sent_n, n -= sent_n;
    }
}

static int dial(int port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval limit = {20, 0};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    for (int tries = 0; connect(fd, (void *)&to, sizeof to); tries++) {
        if (tries == 50) fail(EXIT_CLOSED, "connect", strerror(errno));
        usleep(20000);
    }
    return fd;
}

// A client's frames are masked; a mask of zeros leaves the bytes as they are.
static void send_frame(int fd, int opcode, const char *text, size_t n) {
    uint8_t frame[8 + 1024] = {0x80 | opcode};
    size_t header = 2;
    if (n > 1000) fail(EXIT_USAGE, "frame too long", text);
    if (n < 126) {
        frame[1] = 0x80 | n;
    } else {
        frame[1] = 0x80 | 126, frame[2] = n >> 8, frame[3] = n, header = 4;
    }
    memcpy(frame + header + 4, text, n);
    send_all(fd, frame, header + 4 + n);
}

// Bytes of the frame at `b`, 0 while it is unfinished; *payload and *n say where its payload lies.
static size_t frame_at(uint8_t *b, size_t have, uint8_t **payload, size_t *n) {
    size_t header = 2;
    if (have < 2) return 0;
    *n = b[1] & 127;
    if (*n == 126) {
        if (have < 4) return 0;
        *n = b[2] << 8 | b[3], header = 4;
    } else if (*n == 127) {
        if (have < 10) return 0;
        *n = 0, header = 10;
        for (int i = 2; i < 10; i++) *n = *n << 8 | b[i];
    }
    *payload = b + header;
    return have < header + *n ? 0 : header + *n;
}

static int64_t number_after(const uint8_t *p, size_t n, const char *name) {
    const char *at = memmem(p, n, name, strlen(name));
    return at ? strtoll(at + strlen(name), NULL, 10) : -1;
}

static int starts(const uint8_t *p, size_t n, const char *text) {
    return n >= strlen(text) && !memcmp(p, text, strlen(text));
}
